"""Lines changed after signing, false signatures, and lines withheld."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from conformance.case import BAD, GOOD, Case, case, changed
from conformance.world import Draft, begun, key, lodged, sign
from homeward.record import canonical, leaf_hash, parse_line
from homeward.record.note import Signature, encode_base64url

#: The order of the Ed25519 group, RFC 8032 section 5.1.
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def _tampered(says: str, code: str, index: int, lines: Callable[[list[bytes]], list[bytes]]) -> Case:
    draft = lodged()
    return changed(draft.with_lines(lines(draft.lines)), says, code, index)


@case(BAD)
def act_signature_bit_flip() -> Case:
    """The line's last signature, changed where base64 stays canonical."""
    draft = begun()
    line = parse_line(draft.lines[4])
    signature = line.signatures[0]
    wrong = signature._replace(body=bytes([signature.body[0] ^ 1]) + signature.body[1:])
    draft.lines[4] = line.text + b"\t" + wrong.line.encode()
    draft.authors["B/root"] = (2, draft.leaf(4))
    draft.heads.clear()
    # Act 5 had seen the record before; it is told again so that only the signature is wrong.
    draft.lines.pop()
    draft.authors["N/root"] = (1, draft.leaf(2))
    draft.add_key("N/officer-1")
    draft.head()
    return changed(draft.record(), "a bit of a signature is turned, and all cosigned that", "signature", 4)


@case(BAD)
def act_second_signature_false() -> Case:
    draft = begun()
    text = canonical(draft.envelope("broken-off", "A/officer-1") | {"reason": "none"})
    first = key("A/officer-1").sign_line(text + b"\n").encode()
    second = key("A/root").sign_line(text).encode()
    draft.put(b"\t".join([text, first, second]))
    draft.head()
    return changed(draft.record(), "the second person signed something else", "signature", 6)


@case(BAD)
def act_signature_s_too_large() -> Case:
    draft = begun()
    text = canonical(draft.envelope("receipt", "A/officer-1"))
    signature = key("A/officer-1").sign(text + b"\n")
    s = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    wrong = Signature("A/officer-1", key("A/officer-1").verifier.id, signature[:32] + s.to_bytes(32, "little"))
    draft.put(text + b"\t" + wrong.line.encode())
    draft.head()
    return changed(draft.record(), "a signature in a second spelling: S and the order of the group", "signature", 6)


@case(BAD)
def act_signature_r_of_low_order() -> Case:
    draft = begun()
    text = canonical(draft.envelope("receipt", "A/officer-1"))
    wrong = Signature("A/officer-1", key("A/officer-1").verifier.id, bytes([1]) + bytes(63))
    draft.put(text + b"\t" + wrong.line.encode())
    draft.head()
    return changed(draft.record(), "a signature whose R is a point of low order", "signature", 6)


@case(BAD)
def act_changed() -> Case:
    def change(lines: list[bytes]) -> list[bytes]:
        return [*lines[:6], lines[6].replace(b'"count":2', b'"count":3'), *lines[7:]]

    return _tampered("a number in act 6 was changed", "differs", 6, change)


@case(BAD)
def act_deleted() -> Case:
    return _tampered("act 7 was taken out", "missing", 7, lambda lines: lines[:7] + lines[8:])


@case(BAD)
def act_inserted() -> Case:
    def change(lines: list[bytes]) -> list[bytes]:
        return [*lines[:8], sign(canonical(lodged().envelope("receipt", "A/officer-1")), "A/officer-1"), *lines[8:]]

    return _tampered("a line was put in before act 8", "inserted", 8, change)


@case(BAD)
def acts_swapped() -> Case:
    return _tampered(
        "acts 6 and 8, of two authors, changed places",
        "moved",
        6,
        lambda lines: [*lines[:6], lines[8], lines[7], lines[6], lines[9]],
    )


@case(BAD)
def acts_cut_off() -> Case:
    return _tampered("the last two acts are missing", "cut-off", 8, lambda lines: lines[:8])


@case(BAD)
def act_changed_with_its_leaf() -> Case:
    """Whoever changed the act changed the leaf file too; the signature gives it away."""
    draft = lodged()
    lines = list(draft.lines)
    lines[7] = lines[7].replace(b'"count":2', b'"count":3')
    draft.lines = lines
    return changed(draft.record(), "act 7 and its leaf hash were changed", "signature", 7)


@case(BAD)
def acts_changed_in_two_places() -> Case:
    def change(lines: list[bytes]) -> list[bytes]:
        return [line.replace(b'"count":2', b'"count":3') if index in {6, 7} else line for index, line in enumerate(lines)]

    return _tampered("acts 6 and 7 were changed: the first is named", "differs", 6, change)


# ---- withheld ---------------------------------------------------------------------------------------------------


def _withheld(draft: Draft, *indices: int) -> list[bytes]:
    return [
        b"#" + encode_base64url(leaf_hash(line)).encode() if index in indices else line
        for index, line in enumerate(draft.lines)
    ]


@case(GOOD)
def withheld_two() -> Case:
    draft = lodged()
    return Case(
        draft.with_lines(_withheld(draft, 6, 8)), "acts 6 and 8 are withheld", "incomplete", "incomplete", "acts", None, "withheld",
    )  # fmt: skip


@case(BAD)
def withheld_and_a_list_swapped() -> Case:
    """The terms are withheld, so no act seems to have an effect; but act 6 still names the list, and this is another."""
    draft = lodged()
    good = replace(draft.with_lines(_withheld(draft, 0, 1, 2)), sealed={})
    lists = {**good.lists, "home-A": good.lists["home-A"].replace(b'["serious"]', b"[]", 1)}
    assert lists != good.lists, "there is something to change"
    return Case(
        replace(good, lists=lists), "a list was swapped in a copy that withholds other acts", "incomplete", "changed",
        "acts", None, "withheld", finding=("file", 6, "file"),
    )  # fmt: skip


@case(GOOD)
def withheld_with_the_act_that_names_a_list() -> Case:
    draft = lodged()
    return Case(
        replace(draft.with_lines(_withheld(draft, 6, 8)), sealed={}), "the act that names a list is withheld", "incomplete", "incomplete",
        "acts", None, "withheld",
    )  # fmt: skip


@case(BAD)
def withheld_hash_of_another_act() -> Case:
    draft = lodged()
    lines = _withheld(draft, 6)
    lines[6] = b"#" + encode_base64url(leaf_hash(draft.lines[7])).encode()
    return changed(draft.with_lines(lines), "the hash of act 7 stands for act 6", "missing", 6)


@case(BAD)
def withheld_too_short() -> Case:
    draft = lodged()
    lines = _withheld(draft, 6)
    lines[6] = lines[6][:-1]
    return changed(draft.with_lines(lines), "a withheld line has 42 letters", "differs", 6)


@case(BAD)
def withheld_signed_by_all() -> Case:
    """Everything fits the heads: but what no hash line can be was cosigned."""
    draft = begun()
    draft.put(b"#hello")
    draft.head()
    return changed(draft.record(), "a line begins with # and holds no hash", "form", 6)


@case(BAD)
def withheld_too_much_skipped() -> Case:
    """One line is withheld and the author's count skips two."""
    draft = begun()
    first = draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.say("receipt", "A/officer-1", change={"n": 4}, list="home-A", what="list", digest="A" * 43, count=0)
    draft.head()
    return changed(draft.with_lines(_withheld(draft, first)), "one act is withheld, and the count skips three", "early", 7)
