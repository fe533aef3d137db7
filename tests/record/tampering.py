"""Ways to falsify a record, each with the place at which a check must find it.

Every kind takes a good record and a source of chance, and gives the falsified record and where it is falsified first. The
bench runs a hundred thousand of them, the tests a few thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from homeward.record import Record, Signer, canonical, leaf_hash, parse_line
from homeward.record.note import decode_base64, encode_base64, encode_base64url
from tests.record.world import make_key

#: The order of the Ed25519 group, RFC 8032 section 5.1.
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


@dataclass(frozen=True)
class Sample:
    """A good record taken apart: its lines, and lines of another exchange by the same people."""

    record: Record
    lines: tuple[bytes, ...]
    foreign: tuple[bytes, ...]

    def with_lines(self, lines: list[bytes]) -> Record:
        return replace(self.record, acts=tuple(lines))


Kind = Callable[[Sample, Random], tuple[list[bytes], int]]


def _pick(sample: Sample, random: Random) -> int:
    return random.randrange(len(sample.lines))


def _put(sample: Sample, at: int, line: bytes) -> tuple[list[bytes], int]:
    assert line != sample.lines[at], "a mutant must differ"
    return [*sample.lines[:at], line, *sample.lines[at + 1 :]], at


def _insert(sample: Sample, at: int, line: bytes) -> tuple[list[bytes], int]:
    return [*sample.lines[:at], line, *sample.lines[at:]], at


def _resign(fields: Mapping[str, object], *keys: Signer) -> bytes:
    """Sign without the checks that an honest program makes."""
    text = canonical(fields)
    return b"\t".join([text, *(key.sign_line(text + b"\n").encode() for key in keys)])


def _own_keys(line: bytes) -> list[Signer]:
    return [make_key(signature.name) for signature in parse_line(line).signatures]


def flip_a_bit(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    line = bytearray(sample.lines[at])
    while True:
        place, bit = random.randrange(len(line)), 1 << random.randrange(8)
        # A bit that turns into a newline makes two lines of one, which is another kind.
        if line[place] ^ bit != 0x0A:
            line[place] ^= bit
            return _put(sample, at, bytes(line))


def change_a_digit(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    line = bytearray(sample.lines[at])
    place = random.choice([place for place, byte in enumerate(line) if 0x30 <= byte <= 0x39])
    line[place] = 0x30 + (line[place] - 0x30 + random.randrange(1, 10)) % 10
    return _put(sample, at, bytes(line))


def delete(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return [*sample.lines[:at], *sample.lines[at + 1 :]], at


def duplicate(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _insert(sample, at + 1, sample.lines[at])


def duplicate_far(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = random.randrange(len(sample.lines) - 1)
    place = random.randrange(at + 2, len(sample.lines) + 1)
    return _insert(sample, place, sample.lines[at])


def swap_neighbours(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = random.randrange(len(sample.lines) - 1)
    lines = list(sample.lines)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return lines, at


def swap_far(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    one, other = sorted(random.sample(range(len(sample.lines)), 2))
    lines = list(sample.lines)
    lines[one], lines[other] = lines[other], lines[one]
    return lines, one


def move(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    one, other = sorted(random.sample(range(len(sample.lines)), 2))
    lines = list(sample.lines)
    lines.insert(other, lines.pop(one))
    return lines, one


def reverse_a_block(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    start, end = sorted(random.sample(range(len(sample.lines) + 1), 2))
    if end - start < 2:
        start, end = 0, len(sample.lines)
    lines = list(sample.lines)
    lines[start:end] = lines[start:end][::-1]
    return lines, start


def cut_the_end(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return list(sample.lines[:at]), at


def drop_the_last(sample: Sample, _: Random) -> tuple[list[bytes], int]:
    return list(sample.lines[:-1]), len(sample.lines) - 1


def replay_from_another_exchange(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    return _insert(sample, random.randrange(len(sample.lines) + 1), random.choice(sample.foreign))


def replace_from_another_exchange(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    return _put(sample, _pick(sample, random), random.choice(sample.foreign))


def resign_under_the_operators_name(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    operator = (
        make_key("NEUTRAL/root", salt="forged") if parse_line(sample.lines[at]).party == "NEUTRAL" else make_key("NEUTRAL/root")
    )
    return _put(sample, at, _resign({**parse_line(sample.lines[at]).fields, "by": operator.name}, operator))


def rewrite_own_act_with_the_real_key(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    fields = {**parse_line(sample.lines[at]).fields, "stage": random.randrange(100, 200)}
    return _put(sample, at, _resign(fields, *_own_keys(sample.lines[at])))


def backdate_own_act_with_the_real_key(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    fields = {**parse_line(sample.lines[at]).fields, "at": f"2025-01-{random.randrange(1, 29):02}T00:00:00Z"}
    return _put(sample, at, _resign(fields, *_own_keys(sample.lines[at])))


def claim_to_have_seen_another_root(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    size, _ = parse_line(sample.lines[at]).seen
    fields = {**parse_line(sample.lines[at]).fields, "seen": [size, encode_base64url(random.randbytes(32))]}
    return _put(sample, at, _resign(fields, *_own_keys(sample.lines[at])))


def put_in_an_act_with_the_real_key(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    fields = parse_line(sample.lines[at]).fields
    more = {**fields, "n": int(fields["n"]) + 1, "prev": encode_base64url(leaf_hash(sample.lines[at]))}
    return _insert(sample, at + 1, _resign(more, *_own_keys(sample.lines[at])))


def substitute_a_person(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = random.choice([number for number, line in enumerate(sample.lines) if b'"person"' in line])
    person = str(parse_line(sample.lines[at]).fields["person"]).encode()
    return _put(sample, at, sample.lines[at].replace(person, b"p-%04d" % random.randrange(1000, 10_000)))


def add_white_space(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _put(sample, at, sample.lines[at].replace(b",", b", ", 1))


def repeat_a_key(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _put(sample, at, sample.lines[at].replace(b'"at":', b'"at":"2026-07-01T10:00:00Z","at":', 1))


def escape_a_letter(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _put(sample, at, sample.lines[at].replace(b'"by":"S', b'"by":"\\u0053').replace(b'"by":"N', b'"by":"\\u004e'))


def add_a_carriage_return(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _put(sample, at, sample.lines[at] + b"\r")


def cut_a_line(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    return _put(sample, at, sample.lines[at][: random.randrange(1, len(sample.lines[at]))])


def empty_a_line(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    return _put(sample, _pick(sample, random), b"")


def drop_the_second_signature(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = random.choice([number for number, line in enumerate(sample.lines) if line.count(b"\t") == 2])
    return _put(sample, at, sample.lines[at].rpartition(b"\t")[0])


def take_the_signature_of_another_act(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    others = [line for line in sample.lines if line != sample.lines[at]]
    text = sample.lines[at].partition(b"\t")[0]
    return _put(sample, at, text + b"\t" + random.choice(others).partition(b"\t")[2])


def alter_the_signature_by_the_group_order(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    at = _pick(sample, random)
    head, _, code = sample.lines[at].decode().rpartition(" ")
    data = decode_base64(code)
    scalar = int.from_bytes(data[-32:], "little") + GROUP_ORDER
    return _put(sample, at, f"{head} {encode_base64(data[:-32] + scalar.to_bytes(32, 'little'))}".encode())


def retire_a_key_in_another_partys_name(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    root = make_key("SIDE-B/root")
    base = next(line for line in reversed(sample.lines) if parse_line(line).by == root.name)
    fields = {**parse_line(base).fields, "act": "key-retired", "key": "SIDE-A/officer-1"}
    fields |= {"n": int(fields["n"]) + 1, "prev": encode_base64url(leaf_hash(base))}
    return _insert(sample, len(sample.lines), _resign(fields, root))


def append_a_forgery(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    forger = make_key("SIDE-A/officer-1", salt=f"forger {random.random()}")
    return _insert(sample, len(sample.lines), _resign(parse_line(sample.lines[0]).fields | {"by": forger.name}, forger))


def withhold_with_a_false_hash(sample: Sample, random: Random) -> tuple[list[bytes], int]:
    return _put(sample, _pick(sample, random), b"#" + encode_base64url(random.randbytes(32)).encode())


KINDS: tuple[Kind, ...] = (
    flip_a_bit,
    change_a_digit,
    delete,
    duplicate,
    duplicate_far,
    swap_neighbours,
    swap_far,
    move,
    reverse_a_block,
    cut_the_end,
    drop_the_last,
    replay_from_another_exchange,
    replace_from_another_exchange,
    resign_under_the_operators_name,
    rewrite_own_act_with_the_real_key,
    backdate_own_act_with_the_real_key,
    claim_to_have_seen_another_root,
    put_in_an_act_with_the_real_key,
    substitute_a_person,
    add_white_space,
    repeat_a_key,
    escape_a_letter,
    add_a_carriage_return,
    cut_a_line,
    empty_a_line,
    drop_the_second_signature,
    take_the_signature_of_another_act,
    alter_the_signature_by_the_group_order,
    retire_a_key_in_another_partys_name,
    append_a_forgery,
    withhold_with_a_false_hash,
)
