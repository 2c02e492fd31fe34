"""Writing a word one way: accents, case, ligatures, apostrophes and hyphens put aside.

Two spellings that fold to the same text are the same word for the register (`parcours` journey 1: « same
folded names: accents, case, hyphens, ligatures, dotless ı »).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Letters that Unicode does not decompose, and that lists write in two or three ways.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ŋ": "n"}
)
_WORD = re.compile(r"[^\W_]+")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


def clean(text: str) -> str:
    """The text without what cannot be seen: control and zero-width characters out, every blank a space.

    Line breaks stay as `\\n`: inside a cell they separate the lines of an address.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    kept = ("\n" if c == "\n" else " " if c.isspace() else c for c in text if c.isspace() or c >= " ")
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs") or c == "\n").strip()


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text in plain small letters, punctuation kept: « R. BÉGON » → `"r. begon"`."""
    # Decompose before lowering (İ → i + a dot that goes), translate, and once more for compatibility forms.
    lowered = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LETTERS)


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The folded words: « N'DIAYE-Œuvrard » → `("n", "diaye", "oeuvrard")`."""
    return tuple(_WORD.findall(plain(text)))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The folded words, one space between: « Né(e)  LE » → `"ne e le"`."""
    return " ".join(words(text))


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The folded words without anything between: « El-Amrani », « EL AMRANI » → `"elamrani"`."""
    return "".join(words(text))
