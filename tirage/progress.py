"""How long work says how far it is, without knowing who listens."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called as (step, done, total); `step` is one of lecture, tickets, table, simulation."""


def silent(step: str, done: int, total: int) -> None:
    """Say nothing."""
