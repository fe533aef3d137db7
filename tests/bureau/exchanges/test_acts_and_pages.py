"""Every act of an exchange can be made from a page by somebody who may, or stands here with the reason why it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import homeward.bureau
from homeward.bureau.access.roles import ROLES
from homeward.bureau.exchanges.asked import WHAT
from homeward.bureau.exchanges.deeds import DEEDS, PERMISSIONS
from homeward.bureau.handover.outcomes import outcomes_of
from homeward.exchange import ACTS
from homeward.exchange.acts import RECORD_ACTS, Role
from tests.bureau.walking import addresses

#: Act → the address on whose page it is made. `sign NAME` is the page before a signature, asked for NAME.
MADE_AT = {
    "terms-proposed": "sign propose-terms",
    "list-committed": "sign commit",
    "list-lodged": "sign lodge",
    "lists-released": "sign release",
    "answered": "sign answers",
    "answers-sent": "sign answers",
    "receipt": "sign open-list",
    "claimed": "sign claim",
    "withdrawn": "sign withdraw-person",
    "struck": "sign strike-person",
    "list-frozen": "sign freeze",
    "interviewed": "exchanges:interviews_record",
    "stage-planned": "sign propose-stage",
    "stage-opened": "sign go",
    "reserve-called": "sign call-reserve",
    "handed-over": "handover:sign",
    "received": "handover:sign",
    "refused": "handover:sign",
    "deviation": "sign deviation",
    "stage-closed": "sign close-stage",
    "closed": "sign close",
    "broken-off": "sign break-off",
    "agreed": "sign agree",
    "key-added": "exchanges:make_hand",
}
#: Acts that no page makes, and why.
NO_PAGE = {
    "key-retired": "taking a key out of force is the root's work, done where the root key lies: homeward record",
    "key-distrusted": "the same; the neutral's node would have no root of the party whose key it is",
    "key-proposed": "a lost root is replaced by a ceremony of all parties, at the machines with the keys: homeward record",
    "key-accepted": "the answer to key-proposed, in the same ceremony",
    "key-refused": "the other answer to it",
}


def test_every_act_is_made_on_a_page_or_named_with_the_reason_why_not() -> None:
    assert set(MADE_AT) | set(NO_PAGE) == set(ACTS) | RECORD_ACTS
    assert not set(MADE_AT) & set(NO_PAGE)


def test_every_act_of_the_exchange_has_a_permission_and_every_such_permission_a_role() -> None:
    assert set(PERMISSIONS) == set(ACTS) - {"agreed"}, "an assent needs the permission of what it agrees to"
    given = frozenset().union(*(rights.may for rights in ROLES.values()))
    assert set(PERMISSIONS.values()) <= given


def test_every_page_that_makes_acts_exists_and_a_template_leads_to_it() -> None:
    names = {each.name for each in addresses()}
    root = Path(homeward.bureau.__file__).parent
    templates = "\n".join(path.read_text("utf-8") for path in root.rglob("templates/**/*.html"))
    views = "\n".join(path.read_text("utf-8") for path in root.rglob("views/*.py"))
    for act, where in MADE_AT.items():
        if not where.startswith("sign "):
            assert where in names, act
            assert f"url '{where}'" in templates, act
            continue
        what = where.removeprefix("sign ")
        assert what in WHAT, act
        linked = re.search(rf'sign_url exchange "{what}"|name="what" value="{what}"', templates)
        assert linked or f'"{what}"' in views, f"{act}: no page leads to signing it"


def test_everything_that_can_be_asked_for_is_in_the_table() -> None:
    assert set(WHAT) - {where.removeprefix("sign ") for where in MADE_AT.values()} == {"open-answers"}, "a receipt, too"
    assert {"say", "agree", "lodge", "release", "open-list", "open-answers"} == set(DEEDS)


@pytest.mark.parametrize("role", [Role.HOLDER, Role.RECEIVER])
def test_the_handover_desk_makes_the_acts_of_the_day(role: Role) -> None:
    acts = {outcome.act for outcome in outcomes_of(role)}
    assert acts == {"handed-over", "deviation"} if role is Role.HOLDER else {"received", "refused", "deviation"}
