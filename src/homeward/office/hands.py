"""Naming the hands that sign: in an office where several officers work, each signs with the key of his own device.

    with by_hands(office, "officer-3", "officer-1"):
        office.say("stage-opened", stage="day1", plan=plan)

Inside the block acts are signed by these devices in this order: the first is the author, and an act that needs one hand is signed by
the first alone. Everything else an office does (cosigning, opening what is sealed) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from homeward.office.desk import Office
from homeward.office.keys import Keys
from homeward.record.keys import Kind


class HandsError(Exception):
    """A device whose key is not in this office, or that was named twice. The text says what to do."""


@contextmanager
def by_hands(office: Office, *devices: str) -> Iterator[None]:
    """Let these devices, and no other, sign what is said inside. Raises `HandsError`. Not for two threads at once."""
    before = office.keys
    office.keys = _with_devices(before, devices)
    try:
        yield
    finally:
        office.keys = before


def devices_of(office: Office) -> tuple[str, ...]:
    """The devices whose keys lie in this office and still count, in the order of their names."""
    return tuple(_device(key.name) for key in office.keys.own if key.kind is Kind.DEVICE)


def _with_devices(keys: Keys, devices: tuple[str, ...]) -> Keys:
    if len(set(devices)) != len(devices):
        raise HandsError("one device signs an act once; a second officer has to sign with his own")
    own = {_device(key.name): key for key in keys.own if key.kind is Kind.DEVICE}
    missing = [device for device in devices if device not in own]
    if missing:
        raise HandsError(f"the key of {keys.party}/{missing[0]} is not in this office; make it, or bring it back from its card")
    others = tuple(key for key in keys.own if key.kind is not Kind.DEVICE)
    return Keys(keys.party, (*others, *(own[device] for device in devices)))


def _device(name: str) -> str:
    return name.partition("/")[2]
