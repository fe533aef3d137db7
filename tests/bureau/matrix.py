"""Who gets what at which address: every address × every role × yours or not yours → the expected code, as one table.

A row names the roles that may use an address. Walked over it (`test_matrix.py`), each role is tried with something that the officer
may know of and with something that they may not, and an officer without a role and somebody without a login are tried as well:

    ok           the code for a role in `may` and a thing that is theirs: 200, or 302, 400, 405, 409, 422 for a form sent empty
    not_yours    the code for a role in `may` and a thing that is not theirs to know of: 404. None: the address names nothing
    a role that is not in `may` gets 403, without a login the login page (302), whatever they ask for

    refused      roles that may use the address and not what this form asks for: 403 for what is theirs, `not_yours` for what is not

`thing` names a function of `tests/bureau/things.py`, which makes what the address names: it gives the words of the address for
something that is yours and for something that is not, and fields of the form that name it. `again` says that signing asks for the
password once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.bureau.access.roles import Role

R, L, V, N, H, D, U, A, X = (
    Role  # registrar, list officer, reViewer, negotiator, handover, data protection, aUditor, admin, neutral (X)
)

#: A deviation that is about to be signed, and a node that is reached by HTTPS.
DEVIATION = {"what": "deviation", "kind": "LATE"}
PEER = {"party": "NEUTRAL", "url": "https://neutral.example/exchanges/may/node/UA", "make": "no", "token": "t" * 40}

#: Every officer who is signed in, also one without a role.
SIGNED_IN = frozenset({*Role, None})


@dataclass(frozen=True)
class Row:
    """What is expected at one address."""

    address: str
    may: frozenset[Role | None]
    ok: int = 200
    not_yours: int | None = None
    thing: str = ""
    method: str = "GET"
    sent: Mapping[str, str] = field(default_factory=dict)
    again: bool = False
    refused: frozenset[Role | None] = frozenset()


@dataclass(frozen=True)
class OpenRow:
    """An address that may be used without a login. Who is signed in gets the same, unless `signed_in` says otherwise."""

    address: str
    code: int
    method: str = "GET"
    sent: Mapping[str, str] = field(default_factory=dict)
    signed_in: int = 0
    thing: str = ""


@dataclass(frozen=True)
class LibraryRow:
    """A page of the login library, which looks after itself: the code for an officer, and without a login."""

    address: str
    officer: int
    nobody: int = 302
    thing: str = ""


def only(*roles: Role) -> frozenset[Role | None]:
    """These roles and no others."""
    return frozenset(roles)


NODE = (
    Row("home", SIGNED_IN),
    Row("node", only(A)),
    OpenRow("health", 200),
    OpenRow("set_language", 302, method="POST", sent={"language": "uk"}),
)

LIBRARY = (
    LibraryRow("account_login", officer=302, nobody=200),
    LibraryRow("account_logout", officer=200, nobody=302),
    LibraryRow("account_inactive", officer=200, nobody=200),
    LibraryRow("account_reauthenticate", officer=200),
    LibraryRow("account_change_password", officer=200),
    LibraryRow("mfa_index", officer=200),
    LibraryRow("mfa_authenticate", officer=302),
    LibraryRow("mfa_reauthenticate", officer=200),
    LibraryRow("mfa_activate_totp", officer=302),  # The officers of the tests have an app already.
    LibraryRow("mfa_deactivate_totp", officer=200),
    LibraryRow("mfa_view_recovery_codes", officer=404),
    LibraryRow("mfa_generate_recovery_codes", officer=200),
    LibraryRow("mfa_download_recovery_codes", officer=404),
    LibraryRow("mfa_list_webauthn", officer=200),
    LibraryRow("mfa_add_webauthn", officer=200),
    LibraryRow("mfa_reauthenticate_webauthn", officer=302),  # They have no key: to the other ways.
    LibraryRow("mfa_remove_webauthn", officer=404, thing="key_of_another"),
    LibraryRow("mfa_edit_webauthn", officer=404, thing="key_of_another"),
)

ACCESS = (
    Row("access:index", only(A, D, U)),
    Row("access:rights", only(A, D, U)),
    Row("access:add", only(A), again=True),
    Row("access:officer", only(A, D, U), not_yours=404, thing="officer"),
    Row("access:change", only(A), 422, 404, "officer", "POST", again=True),
    Row("access:roles", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:close", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:reopen", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:password", only(A), 200, 404, "officer", "POST", again=True),
    Row("access:ask_reset", only(A, D), 302, 404, "officer", "POST", again=True),
    Row("access:grant_reset", only(A, D), 302, 404, "reset", "POST", again=True),
    Row("access:drop_reset", only(A, D), 302, 404, "reset", "POST", again=True),
)

JOURNAL = (
    Row("journal:index", only(D, U)),
    Row("journal:export", only(D, U), method="POST"),
)

REGISTER = (
    Row("register:index", only(R, L, V, D)),
    Row("register:search", only(R, L, V, D), method="POST"),
    Row("register:add", only(R)),
    Row("register:duplicates", only(R), method="POST"),
    Row("register:export", only(L, D), again=True),
    Row("register:reads", only(D, U)),
    Row("register:protected", only(D)),
    Row("register:break_glass", only(R, L, V), again=True),
    Row("register:emergencies", only(D)),
    Row("register:emergency_end", only(R, L, V, D), 302, 404, "emergency_of_mine", "POST"),
    Row("register:emergency_seen", only(D), 302, 404, "emergency", "POST"),
    Row("register:imports", only(R)),
    Row("register:import_add", only(R)),
    Row("register:import", only(R), 200, 404, "staged"),
    Row("register:import_go_on", only(R), 302, 404, "staged", "POST"),
    Row("register:import_leave_out", only(R), 302, 404, "staged", "POST"),
    Row("register:import_drop", only(R), 302, 404, "staged", "POST"),
    Row("register:import_choose", only(R), 302, 404, "staged_row", "POST", {"choice": "skip"}),
    Row("register:import_result", only(R), 200, 404, "staged_result"),
    Row("register:person", only(R, L, V, D), 200, 404, "person"),
    Row("register:claim", only(R), 200, 404, "person"),
    Row("register:correct", only(R), 200, 404, "claim"),
    Row("register:protect", only(D), 200, 404, "person_to_protect"),
    Row("register:unprotect", only(D), 200, 404, "protected_person", "POST"),
)

JOBS = (
    Row("jobs:index", only(R, L)),
    Row("jobs:job", only(R, L), 200, 404, "job"),
    Row("jobs:progress", only(R, L), 302, 404, "job"),  # Only for HTMX; anybody else is led to the whole page.
    Row("jobs:give_up", only(R, L), 302, 404, "job", "POST"),
)

REVIEW = (
    Row("review:index", only(L, V)),
    Row("review:new", only(L)),
    Row("review:new_from_file", only(L), 422, method="POST"),
    Row("review:queue", only(L, V), 200, 404, "run"),
    Row("review:work", only(L, V), 200, 404, "part"),
    Row("review:pair", only(L, V), 200, 404, "pair"),
    Row("review:say", only(V), 302, 404, "pair", "POST", {"word": "unsure"}),
    Row("review:undo", only(V), 409, 404, "part", "POST"),  # Nothing was said yet.
    Row("review:by_hand", only(V), 409, 404, "by_hand", "POST"),  # Sent empty it names nobody of the register.
)

#: Who reads an exchange, who may sign something of it, who carries its mail.
_READS, _SIGNS, _CARRIES = only(L, N, H, U, X), only(L, N, H, X), only(L, N, H, X)

EXCHANGES = (
    Row("exchanges:index", _READS),
    Row("exchanges:overview", _READS, 200, 404, "exchange"),
    Row("exchanges:officers", _READS, 200, 404, "exchange"),
    Row("exchanges:assign", only(N, X), 302, 404, "exchange", "POST"),
    Row("exchanges:unassign", only(N, X), 302, 404, "exchange_with_officer", "POST"),
    Row("exchanges:make_hand", only(N, X), 302, 404, "exchange_with_officer", "POST", again=True),
    Row("exchanges:terms", _READS, 200, 404, "exchange"),
    Row("exchanges:terms_upload", only(N, X), 302, 404, "exchange", "POST"),
    Row("exchanges:terms_keys", only(N, X), 302, 404, "exchange", "POST", again=True),
    Row("exchanges:terms_public", only(N, X), 302, 404, "exchange", "POST"),
    Row("exchanges:public_file", _READS, 200, 404, "exchange"),
    Row("exchanges:terms_charter", only(N, X), 302, 404, "exchange", "POST"),
    Row("exchanges:charter_file", _READS, 200, 404, "exchange"),
    Row("exchanges:terms_begin", only(N, X), 302, 404, "exchange", "POST", again=True),
    Row("exchanges:lists", _READS, 200, 404, "exchange"),
    Row("exchanges:list", _READS, 200, 404, "their_list"),
    Row("exchanges:list_upload", only(L), 302, 404, "our_list", "POST"),
    Row("exchanges:list_check", only(L, N), 200, 404, "version"),
    Row("exchanges:list_compare", only(L, N), 200, 404, "versions"),
    Row("exchanges:list_rows", only(L, N), 200, 404, "their_list"),
    Row("exchanges:claims", only(L, N), 200, 404, "claimed_list"),
    Row("exchanges:claim_file", only(L), 200, 404, "claimed_list", "POST"),
    Row("exchanges:claim_look", only(L, N), 302, 404, "our_list", "POST"),  # Without a file it says so, and goes back.
    Row("exchanges:release", only(X), 200, 404, "exchange_of_two_keepers"),
    Row("exchanges:release_shares", only(X), 200, 404, "exchange_of_two_keepers", "POST", again=True),
    Row("exchanges:release_take_shares", only(X), 302, 404, "exchange_of_the_first_keeper", "POST"),
    Row("exchanges:release_hand_over", only(X), 302, 404, "exchange_of_the_first_keeper", "POST", again=True),
    Row("exchanges:list_review", only(L), 302, 404, "their_list", "POST"),
    Row("exchanges:answers", only(L, N), 200, 404, "our_list"),
    Row("exchanges:answers_derive", only(L), 302, 404, "their_list", "POST"),
    Row("exchanges:answer", only(L), 200, 404, "entry"),
    Row("exchanges:answer_save", only(L), 302, 404, "entry", "POST"),
    Row("exchanges:interviews", only(X), 200, 404, "exchange_of_the_neutral"),
    Row("exchanges:interviews_record", only(X), 302, 404, "exchange_of_the_neutral", "POST", again=True),
    Row("exchanges:find_person", _READS, 302, 404, "exchange", sent={"person": "p-0001"}),
    Row("exchanges:person", _READS, 200, 404, "person_of_exchange"),
    Row("exchanges:plan", _READS, 200, 404, "planned_exchange"),
    Row("exchanges:plan_compute", only(N), 302, 404, "exchange", "POST"),
    Row("exchanges:plan_move", only(N), 302, 404, "exchange", "POST"),
    Row("exchanges:why", _READS, 200, 404, "planned"),
    Row("exchanges:stage", _READS, 200, 404, "stage"),
    Row("exchanges:tosign", _READS, 200, 404, "exchange"),
    Row("exchanges:sign", only(N, H, X), 200, 404, "exchange", sent=DEVIATION, again=True, refused=only(L)),
    Row("exchanges:second", only(N, H, X), 200, 404, "pending", again=True, refused=only(L)),
    Row("exchanges:put_proposal", only(N, H, X), 302, 404, "exchange_with_proposal", "POST", refused=only(L)),
    Row("exchanges:record", _READS, 200, 404, "exchange"),
    Row("exchanges:head", only(L, N, X), 302, 404, "exchange", "POST", again=True),
    Row("exchanges:cosign", only(L, N, X), 302, 404, "exchange", "POST", again=True),
    Row("exchanges:verdict", _READS, 200, 404, "exchange"),
    Row("exchanges:export", _READS, 200, 404, "exchange", "POST"),
    Row("exchanges:compare", _READS, 302, 404, "exchange", "POST"),
    Row("exchanges:mail", _CARRIES, 200, 404, "exchange"),
    Row("exchanges:send", _CARRIES, 302, 404, "exchange", "POST"),
    Row("exchanges:receive", _CARRIES, 302, 404, "exchange", "POST"),
    Row("exchanges:exchange_now", _CARRIES, 302, 404, "exchange", "POST"),
    Row("exchanges:set_peer", only(N, X), 302, 404, "exchange", "POST", PEER, again=True),
    OpenRow("exchanges:peer", 404, thing="peer"),  # Another node signs in with a token; without one there is nothing here.
)

HANDOVER = (
    Row("handover:index", only(N, H)),
    Row("handover:new", only(N, H), 200, 404, "stage_of_exchange"),
    Row("handover:manifest", only(N, H), 200, 404, "manifest"),
    Row("handover:find", only(N, H), 200, 404, "manifest", "POST"),
    Row("handover:tick", only(H), 400, 404, "manifest", "POST"),
    Row("handover:vehicle", only(N, H), 200, 404, "vehicle"),
    Row("handover:state", only(N, H), 200, 404, "vehicle"),
    Row("handover:leaving", only(N, H), 200, 404, "vehicle"),
    Row("handover:depart", only(H), 409, 404, "vehicle", "POST", again=True),
    Row("handover:sign", only(H), 409, 404, "vehicle", "POST", again=True),
)

MATRIX: tuple[Row | OpenRow | LibraryRow, ...] = (
    *NODE,
    *LIBRARY,
    *ACCESS,
    *JOURNAL,
    *REGISTER,
    *JOBS,
    *REVIEW,
    *EXCHANGES,
    *HANDOVER,
)
