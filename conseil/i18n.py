"""Words, dates and figures as French people write them; the catalogues of translations."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_datetime, get_timezone
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import Babel

PARIS = get_timezone("Europe/Paris")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
babel = Babel()


def french_date(value: date | datetime) -> str:
    """« lundi 2 novembre 2026 », in Paris time."""
    day = value.astimezone(PARIS).date() if isinstance(value, datetime) else value
    written: str = format_date(day, "EEEE d MMMM y", locale="fr")
    return written.replace(" 1 ", " 1er ", 1)


def french_instant(value: datetime) -> str:
    """« 2 novembre 2026 à 18 h 05 », in Paris time."""
    written: str = format_datetime(value, "d MMMM y 'à' H 'h' mm", tzinfo=PARIS, locale="fr")
    return "1er" + written[1:] if written.startswith("1 ") else written


def french_number(value: int | float) -> str:
    """« 10 880 », « 361,13 », with the narrow no-break space French typography asks."""
    written: str = format_decimal(value, locale="fr")
    return written


def fingerprint_groups(value: str) -> str:
    """A fingerprint cut in groups of four, so that two people can read it to each other."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


def fill_french(catalogue: Path) -> None:
    """Write each source string as its own French translation: without it plurals follow English (« 0 votes »)."""
    with catalogue.open("rb") as file:
        read = read_po(file, locale="fr")
    # A catalogue without dates or names in its head changes only when a sentence does.
    filled = Catalog("fr", header_comment="# Conseil citoyen", project="Conseil citoyen", version="1", fuzzy=False)
    filled.creation_date = filled.revision_date = EPOCH
    for message in read:
        if message.id:
            filled.add(message.id, message.id, flags=message.flags - {"fuzzy"})
    written = BytesIO()
    write_po(written, filled, width=100, sort_output=True)
    catalogue.write_bytes(written.getvalue())


def install(app: Flask) -> None:
    """French unless a resident chose another language; filters for the templates."""
    babel.init_app(app, locale_selector=lambda: "fr")
    app.jinja_env.filters.update(
        date_fr=french_date, instant_fr=french_instant, nombre_fr=french_number, groupes=fingerprint_groups
    )
