"""The rooms' registry: what a room above hands down, so that the shared ground never imports it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, current_app

from conseil.access import Role


@dataclass(frozen=True)
class Card:
    """A way into a room: shown on the home page and in the menu.

    rank: order, smallest first. title, text: lazy French strings. endpoint: the view it opens.
    roles: who sees it; None for everyone.
    """

    rank: int
    title: str
    text: str
    endpoint: str
    roles: frozenset[Role] | None = None


@dataclass(frozen=True)
class Chapter:
    """A part of the demonstration council: `tell()` builds it, and builds nothing the second time."""

    rank: int
    name: str
    tell: Callable[[Callable[[str], None]], None]


@dataclass
class Rooms:
    """All that the rooms handed down, in no order of their own: readers sort by rank."""

    cards: list[Card] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)

    def cards_for(self, role: Role | None) -> list[Card]:
        """The cards a role may see (None: someone not signed in), in order."""
        seen = [card for card in self.cards if card.roles is None or role in card.roles]
        return sorted(seen, key=lambda card: card.rank)


def rooms(app: Flask | None = None) -> Rooms:
    """The registry of an application, the current one unless told."""
    registry: Rooms = (app or current_app).extensions["rooms"]
    return registry


def install(app: Flask) -> None:
    """Give the application an empty registry; each room fills it in its own `install`."""
    app.extensions["rooms"] = Rooms()
