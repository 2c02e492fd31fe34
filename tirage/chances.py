"""The exact chance of each type, as published (methode-tirage §2)."""

from dataclasses import dataclass

from .protocole import Protocole


@dataclass(frozen=True)
class Chance:
    """One resident's chance in a type: a reduced fraction (num, den), and « 1 chance sur … » in words.

    `un_sur` has two decimals, half rounded up; None where the chance is nil.
    """

    residents: int
    fraction: tuple[int, int]
    un_sur: str | None


def odds(protocole: Protocole) -> dict[str, Chance]:
    """The chances that the table gives, by type in code-point order; exact apart from the household rule."""
    return {
        name: Chance(protocole.effectifs[name], fraction, one_in(fraction))
        for name, fraction in protocole.types_chances().items()
    }


def one_in(chance: tuple[int, int]) -> str | None:
    """« 361.13 » for a chance of 1 in 361.13, worked out in integers; None for no chance."""
    numerator, denominator = chance
    if numerator == 0:
        return None
    hundredths = (200 * denominator + numerator) // (2 * numerator)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def least(chances: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """The smallest of these fractions."""
    smallest = (1, 1)
    for fraction in chances.values():
        if fraction[0] * smallest[1] < smallest[0] * fraction[1]:
            smallest = fraction
    return smallest
