"""Figures as a French reader expects them, in the cells of a Markdown table."""

from collections.abc import Sequence

THIN = "\u202f"


def number(value: float, decimals: int = 0) -> str:
    """1 000 000 or 3,14."""
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",")


def seconds(value: float) -> str:
    """Three significant digits or so: 0,012 s, 3,14 s, 31,4 s, 314 s."""
    decimals = next((d for limit, d in ((0.1, 3), (10, 2), (100, 1)) if value < limit), 0)
    return f"{number(value, decimals)} s"


def megabytes(value: float) -> str:
    return f"{number(value)} Mo"


def times(ratio: float) -> str:
    """× 0,13 or × 4 800."""
    return f"× {number(ratio, 2 if ratio < 10 else 0)}"


def percent(share: float, decimals: int = 1) -> str:
    """+0,3 % with its sign."""
    return f"{share * 100:+.{decimals}f} %".replace(".", ",").replace("-", "−")


def one_in(chance: float) -> str:
    return f"1 sur {number(1 / chance, 2 if chance > 1e-4 else 0)}" if chance else "aucune"


def yes(answer: bool | None) -> str:
    return {True: "oui", False: "**non**", None: "non mesuré"}[answer]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is a name, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
