"""From raw bits of a part of the name to the most bits that it can be worth, and back, compiled: tables rounded upwards."""

from __future__ import annotations

from typing import Any

from homeward.matching.compiled.arrays import AGREE, BACK, BITS, CURVE, CURVES, FEWEST, LOWEST, RARITY, STEPS, inlined


@inlined
def curve(scale: Any, role: int, raw: float) -> Any:
    """The most bits that raw bits up to `raw` are worth before rarity counts."""
    return scale[CURVES + role * CURVE + min(max(int((raw - LOWEST) * STEPS) + 1, 0), CURVE - 1)]


@inlined
def _rare(scale: Any, role: int, rarity: float) -> Any:
    """The most that rarity up to `rarity` brings (0 or negative bits)."""
    return scale[CURVES + 3 * CURVE + role * RARITY + min(max(int(rarity * STEPS) + 1, 0), RARITY - 1)]


@inlined
def worth(scale: Any, role: int, raw: float, rarity: float) -> Any:
    """The most bits that a part of a name can be worth whose raw bits are `raw` at most and its rarity `rarity` at most."""
    bits = curve(scale, role, raw)
    if raw < scale[AGREE]:
        return bits
    return max(bits + _rare(scale, role, rarity), curve(scale, role, scale[AGREE]))


@inlined
def _back(scale: Any, role: int, bits: float) -> Any:
    """Raw bits below which a curve is certainly below some bits."""
    return LOWEST + scale[BACK + role * BITS + min(max(int((bits - FEWEST) * STEPS), 0), BITS - 1)] / STEPS


@inlined
def needed(scale: Any, role: int, bits: float, rarity: float) -> Any:
    """Raw bits below which a part of a name is certainly worth less than `bits`."""
    if bits <= curve(scale, role, scale[AGREE]):
        return min(_back(scale, role, bits), scale[AGREE])
    return max(_back(scale, role, bits - _rare(scale, role, rarity)), scale[AGREE])
