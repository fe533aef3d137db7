"""Act lines: their form and their order."""

from __future__ import annotations

from collections.abc import Callable

from conformance.case import BAD, Case, case, changed
from conformance.told import fields
from conformance.world import begun, sign
from homeward.record import canonical


def _text(change: Callable[[bytes], bytes], says: str, code: str = "form") -> Case:
    """A record whose act 6 was signed, and cosigned by all, over a text that `change` made of a good one."""
    draft = begun()
    good = canonical(
        {**draft.envelope("receipt", "A/officer-1"), "count": 1, "digest": "A" * 43, "list": "home-A", "what": "list"}
    )
    text = change(good)
    assert text != good, "the text differs"
    draft.put(sign(text, "A/officer-1"))
    draft.head()
    return changed(draft.record(), says, code, 6)


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        assert old in text, "there is something to change"
        return text.replace(old, new, 1)

    return change


# ---- form -------------------------------------------------------------------------------------------------------


@case(BAD)
def act_json_space() -> Case:
    return _text(_swap(b'"count":1', b'"count": 1'), "a space stands in the JSON")


@case(BAD)
def act_json_key_order() -> Case:
    return _text(lambda text: b'{"what":"list",' + text[1:].replace(b',"what":"list"', b""), "the keys are not sorted")


@case(BAD)
def act_json_key_twice() -> Case:
    return _text(_swap(b'"count":1', b'"count":1,"count":2'), "a key stands twice")


@case(BAD)
def act_json_float() -> Case:
    return _text(_swap(b'"count":1', b'"count":1.5'), "a number has a fraction")


@case(BAD)
def act_json_exponent() -> Case:
    return _text(_swap(b'"count":1', b'"count":1e0'), "a whole number is written with an exponent")


@case(BAD)
def act_json_minus_zero() -> Case:
    return _text(_swap(b'"count":1', b'"count":-0'), "a number is minus zero")


@case(BAD)
def act_json_large_number() -> Case:
    return _text(_swap(b'"count":1', b'"count":9007199254740992'), "a number is 2^53, which JavaScript rounds")


@case(BAD)
def act_json_null() -> Case:
    return _text(_swap(b'"count":1', b'"count":null'), "a value is null")


@case(BAD)
def act_json_escape() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"\\u006cist"'), "a letter is written as an escape")


@case(BAD)
def act_json_deep() -> Case:
    return _text(_swap(b'"count":1', b'"count":' + b"[" * 8 + b"1" + b"]" * 8), "lists are nested nine levels deep")


@case(BAD)
def act_json_more_behind() -> Case:
    return _text(lambda text: text + b" ", "a space follows the JSON")


@case(BAD)
def act_json_key_name() -> Case:
    return _text(_swap(b'"count":1', b'"Count":1'), "a key has a capital letter")


@case(BAD)
def act_json_not_utf8() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"\xff"'), "a byte is not UTF-8")


@case(BAD)
def act_json_half_a_character() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"\\ud800"'), "a text holds half of a character")


@case(BAD)
def act_text_not_nfc() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"' + "i\u0308".encode() + b'"'), "two code points where NFC has one")


@case(BAD)
def act_text_bidi() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"' + "\u202elist".encode() + b'"'), "a mark turns the direction of writing")


@case(BAD)
def act_text_invisible() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"' + "li\u200bst".encode() + b'"'), "an invisible space stands in a word")


@case(BAD)
def act_text_control() -> Case:
    return _text(_swap(b'"what":"list"', b'"what":"li\\nst"'), "a newline is written into a text")


@case(BAD)
def act_text_tag() -> Case:
    return _text(
        _swap(b'"what":"list"', b'"what":"' + "list\U000e0041".encode() + b'"'), "an invisible tag letter follows a word"
    )


@case(BAD)
def act_windows_line() -> Case:
    draft = begun()
    draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.lines[-1] += b"\r"
    draft.head()
    return changed(draft.record(), "a line ends with CR LF", "form", 6)


@case(BAD)
def act_empty_line() -> Case:
    draft = begun()
    draft.put(b"")
    draft.head()
    return changed(draft.record(), "a line is empty", "form", 6)


@case(BAD)
def act_no_signature() -> Case:
    draft = begun()
    draft.put(canonical(draft.envelope("receipt", "A/officer-1")))
    draft.head()
    return changed(draft.record(), "nobody has signed", "form", 6)


@case(BAD)
def act_three_signatures() -> Case:
    return fields("three people signed", "form", "A/officer-1", "A/root", "A/officer-2")


@case(BAD)
def act_signed_twice_by_one() -> Case:
    return fields("both signatures are by one key", "form", "A/officer-1", "A/officer-1")


@case(BAD)
def act_signed_by_two_parties() -> Case:
    return fields("the second signature is by another party", "form", "A/officer-1", "B/officer-1")


@case(BAD)
def act_signed_by_another() -> Case:
    draft = begun()
    draft.put(sign(canonical(draft.envelope("receipt", "A/officer-1")), "A/root"))
    draft.head()
    return changed(draft.record(), "the first signature is not by the key in the field by", "form", 6)


@case(BAD)
def act_signature_base64() -> Case:
    draft = begun()
    draft.say("receipt", "A/officer-1", list="home-A", what="list", digest="A" * 43, count=0)
    draft.lines[-1] = draft.lines[-1].rstrip(b"=")
    draft.head()
    return changed(draft.record(), "a signature has no padding", "form", 6)


@case(BAD)
def act_time_not_real() -> Case:
    return fields("the thirtieth of February", "form", at="2026-02-30T10:00:00Z")


@case(BAD)
def act_time_with_zone() -> Case:
    return fields("a time that is not in UTC", "form", at="2026-07-01T10:00:00+03:00")


@case(BAD)
def act_time_leap_second() -> Case:
    return fields("a sixty-first second", "form", at="2026-06-30T23:59:60Z")


@case(BAD)
def act_n_true() -> Case:
    return fields("the count of the act is the word true", "form", n=True)


@case(BAD)
def act_n_zero() -> Case:
    return fields("the count of the act is 0", "form", n=0)


@case(BAD)
def act_prev_missing() -> Case:
    draft = begun()
    fields = draft.envelope("receipt", "A/officer-1")
    del fields["prev"]
    draft.put(sign(canonical(fields), "A/officer-1"))
    draft.head()
    return changed(draft.record(), "there is no field prev", "form", 6)


@case(BAD)
def act_prev_stray_bits() -> Case:
    return fields("prev has a letter that no hash ends with", "form", "A/root", prev="A" * 42 + "B")


@case(BAD)
def act_seen_three_values() -> Case:
    return fields("seen has three values", "form", seen=[0, "A" * 43, 0])


@case(BAD)
def act_name_of_key() -> Case:
    draft = begun()
    draft.put(sign(canonical(draft.envelope("receipt", "A/officer-1")), "A/officer-1").replace(b"officer-1", b"Officer-1"))
    draft.head()
    return changed(draft.record(), "the device in a key's name has a capital letter", "form", 6)


# ---- order ------------------------------------------------------------------------------------------------------


@case(BAD)
def act_of_another_exchange() -> Case:
    return fields("an act of another exchange", "exchange", in_="A" * 22)


@case(BAD)
def act_seen_too_much() -> Case:
    return fields("its author had seen more acts than stand before it", "early", seen=[7, "A" * 43])


@case(BAD)
def act_seen_another_record() -> Case:
    return fields("its author had seen other acts", "seen", seen=[6, "A" * 43])


@case(BAD)
def act_n_skips() -> Case:
    return fields("the count skips one, and prev does not", "previous", "A/root", n=4, prev=begun().authors["A/root"][1])


@case(BAD)
def act_from_the_future() -> Case:
    return fields("the act before it is not here", "early", "A/root", n=4, prev="A" * 43)


@case(BAD)
def act_fork() -> Case:
    return fields("one key, two pasts", "fork", "A/root", n=3, prev="A" * 43)


@case(BAD)
def act_again() -> Case:
    draft = begun()
    draft.put(draft.lines[0])
    draft.head()
    return changed(draft.record(), "the first act stands twice", "again", 6)


@case(BAD)
def act_same_number_twice() -> Case:
    return fields("another second act of one key", "again", "A/root", n=2, prev=begun().leaf(0))
