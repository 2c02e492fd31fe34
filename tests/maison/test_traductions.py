"""Every source string stands in the French catalogue, so that plurals follow French; none is left over."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}


def source_strings() -> set[object]:
    found: set[object] = set()
    for folder, method, pattern in (("conseil", "python", "**.py"), ("templates", "jinja2", "**.html")):
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, [(pattern, method)], keywords=KEYWORDS):
            found.add(message)
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[object, object]:
    with (ROOT / "translations/fr/LC_MESSAGES/messages.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_the_french_catalogue_is_up_to_date(catalogue: dict[object, object]) -> None:
    missing = source_strings() - set(catalogue)
    assert not missing, f"make traductions: {sorted(map(str, missing))[:5]}"
    assert not set(catalogue) - source_strings(), "make traductions: strings left over"


def test_every_french_string_is_its_own_translation(catalogue: dict[object, object]) -> None:
    assert [
        m
        for m, s in catalogue.items()
        if (m if isinstance(m, str) else tuple(m)) != (s if isinstance(s, str) else tuple(s))
    ] == []


def test_french_punctuation_never_starts_a_line(catalogue: dict[object, object]) -> None:
    """A no-break space stands before « : ; ? ! » and inside the quotation marks."""
    sentences = [m if isinstance(m, str) else m[0] for m in catalogue]  # type: ignore[index]
    assert [s for s in sentences if re.search(r" [:;?!»]|« ", s)] == []
