"""How every mean, share and change is rounded: half up, without a detour over binary fractions."""


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to a whole number: 5 / 2 gives 3; the denominator is more than 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def to_decimals(numerator: int, denominator: int, decimals: int) -> float:
    """Divide and round to so many decimals: 855 / 12 with one gives 71.3."""
    scale: int = 10**decimals
    return half_up(scale * numerator, denominator) / scale
