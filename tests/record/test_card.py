"""Paper cards: every wrong word is noticed, a key comes back from paper, the same key prints the same bytes."""

from __future__ import annotations

import hashlib
import random
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.record.card import CardError, card_pdf, card_text, card_words, restore_key
from homeward.record.card import words as code
from homeward.record.card.words import CHECK_WORDS, PAYLOAD, WORDS, from_words, to_words
from homeward.record.entropy import seeded
from homeward.record.keys import Kind, OwnKey, fingerprint, make_key

ROOT = make_key(Kind.ROOT, "UA", entropy=seeded("an example"))
KEYS = [make_key(kind, "UA", "officer-1" if kind is Kind.DEVICE else None) for kind in Kind]
KEYS.append(make_key(Kind.SEALING, "UA", post_quantum=False))
#: What the seed "an example" gives. A change here makes cards in safes unreadable.
GOLDEN_WORDS = """
    absurd move worry pottery enjoy boil critic praise field
    stay tiger chapter rally settle relief glance scrap crisp
    please feel decrease mimic stove oblige edge search noodle
"""
payloads = st.binary(min_size=PAYLOAD, max_size=PAYLOAD)
places = st.integers(0, WORDS - 1)


# -- Words ---------------------------------------------------------------------------------------------------------------------


def test_the_list_of_words_is_the_english_one_of_bip_39() -> None:
    text = "\n".join(code._wordlist()) + "\n"
    assert hashlib.sha256(text.encode()).hexdigest() == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"


def test_no_two_words_share_their_first_four_letters() -> None:
    assert len({word[:4] for word in code._wordlist()}) == 2048


def test_the_field_has_2047_powers_of_one_element() -> None:
    assert sorted(code._powers()[0]) == list(range(1, 2048))


def test_a_card_keeps_its_golden_words() -> None:
    assert card_words(ROOT) == GOLDEN_WORDS.split()


@given(payloads)
def test_words_go_there_and_back(payload: bytes) -> None:
    words = to_words(payload)
    assert len(words) == WORDS
    assert from_words("\n".join(words).upper()) == from_words("  ".join(word[:4] for word in words)) == payload


def test_each_wrong_word_at_each_place_is_noticed_and_found() -> None:
    """All 27 places with all 2,047 wrong words would be 55,269 readings; here every place with every 13th word."""
    words = to_words(bytes(range(PAYLOAD)))
    for place, right in enumerate(words):
        for wrong in code._wordlist()[place % 13 :: 13]:
            if wrong != right:
                with pytest.raises(CardError, match=rf"read word {place + 1} again$"):
                    from_words(" ".join([*words[:place], wrong, *words[place + 1 :]]))


@given(payloads, st.lists(places, min_size=2, max_size=3, unique=True), st.randoms(use_true_random=False))
def test_two_or_three_wrong_words_are_always_noticed(payload: bytes, wrong: list[int], chance: random.Random) -> None:
    words = to_words(payload)
    for place in wrong:
        words[place] = chance.choice([word for word in code._wordlist() if word != words[place]])
    with pytest.raises(CardError, match="do not fit together"):
        from_words(" ".join(words))


@given(payloads, places, places)
def test_two_words_that_changed_places_are_noticed(payload: bytes, one: int, other: int) -> None:
    words = to_words(payload)
    if words[one] == words[other]:
        return
    words[one], words[other] = words[other], words[one]
    with pytest.raises(CardError, match="read all words again"):
        from_words(" ".join(words))


@given(payloads, st.lists(places, max_size=CHECK_WORDS, unique=True))
def test_up_to_three_words_that_cannot_be_read_are_filled_in(payload: bytes, unreadable: list[int]) -> None:
    words = ["?" if place in unreadable else word for place, word in enumerate(to_words(payload))]
    assert from_words(" ".join(words)) == payload


@given(payloads, st.lists(places, min_size=2, max_size=2, unique=True), st.integers(1, 2046))
def test_a_wrong_word_beside_an_unreadable_one_is_noticed(payload: bytes, pair: list[int], shift: int) -> None:
    words = to_words(payload)
    words[pair[0]] = "?"
    words[pair[1]] = code._wordlist()[(code._wordlist().index(words[pair[1]]) + shift) % 2048]
    with pytest.raises(CardError, match="do not fit together"):
        from_words(" ".join(words))


def test_four_unreadable_words_are_too_many() -> None:
    with pytest.raises(CardError, match="at most 3"):
        from_words(" ".join(["?"] * 4 + to_words(bytes(PAYLOAD))[4:]))


def test_a_word_that_is_not_on_the_list_is_named_by_its_place_only() -> None:
    words = to_words(bytes(PAYLOAD))
    words[16] = "приклад"
    with pytest.raises(CardError, match="read word 17 again") as caught:
        from_words(" ".join(words))
    assert "приклад" not in str(caught.value)


@given(st.text(max_size=100))
def test_any_text_as_words_gives_only_the_typed_error(text: str) -> None:
    with pytest.raises(CardError):
        from_words(text)


# -- Keys ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("own", KEYS, ids=lambda own: f"{own.kind}")
def test_a_key_of_each_kind_comes_back_from_the_words_and_from_the_code(own: OwnKey) -> None:
    digits = fingerprint(own.public_text)
    assert restore_key(own.name, " ".join(card_words(own)), digits=digits).private_text == own.private_text
    assert restore_key(own.name, own.private_text.splitlines()[-1], digits=digits).private_text == own.private_text


def test_the_digits_of_another_key_are_refused() -> None:
    words = " ".join(card_words(ROOT))
    with pytest.raises(CardError, match="digits"):
        restore_key("UA/root", words, digits="0000 0000 0000 0000 0000 0000")
    with pytest.raises(CardError, match="digits"):
        restore_key("UA/root-2", words, digits=fingerprint(ROOT.public_text))
    with pytest.raises(CardError, match="PARTY/device"):
        restore_key("the root key", words)


def test_sound_words_that_hold_no_key_of_ours_are_refused() -> None:
    with pytest.raises(CardError, match="another program"):
        restore_key("UA/root", " ".join(to_words(b"\xee" + bytes(32))))


def test_a_damaged_code_is_refused_without_repeating_it() -> None:
    damaged = ROOT.private_text.strip()[:-3] + "AAA"
    with pytest.raises(CardError, match="scan it again") as caught:
        restore_key("UA/root", damaged)
    assert damaged[30:] not in str(caught.value)


# -- Print ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_text_card_holds_every_word_and_the_digits(language: str) -> None:
    text = card_text(ROOT, "en" if language == "en" else "uk")
    assert set(card_words(ROOT)) <= set(text.split())
    assert text.count(fingerprint(ROOT.public_text)) == 2
    secret, public = re.split(r"--.*--", text)
    assert not set(card_words(ROOT)) & set(public.split())
    assert all(f"{place:2} {word}" in secret for place, word in enumerate(card_words(ROOT), start=1))


@pytest.mark.parametrize("own", KEYS, ids=lambda own: f"{own.kind}")
def test_the_same_key_prints_the_same_bytes_on_one_page(own: OwnKey) -> None:
    pytest.importorskip("reportlab")
    pytest.importorskip("segno")
    pdf = card_pdf(own, "uk")
    assert pdf == card_pdf(own, "uk") != card_pdf(own, "en")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_the_code_on_the_page_is_the_private_text() -> None:
    """Renders the page and reads the codes, where programs for that are installed."""
    pdfium = pytest.importorskip("pypdfium2")
    barcodes = pytest.importorskip("zxingcpp")
    numpy = pytest.importorskip("numpy")
    image = pdfium.PdfDocument(card_pdf(ROOT))[0].render(scale=2.5).to_pil().convert("L")
    read = {found.text for found in barcodes.read_barcodes(numpy.array(image))}
    assert read == {ROOT.private_text.strip(), ROOT.public_text}


def test_without_printing_programs_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.pdfgen.canvas", None)
    with pytest.raises(CardError, match="reportlab, which is not installed; copy the card as text"):
        card_pdf(ROOT)
