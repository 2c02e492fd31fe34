"""The known population of the quartier, as people typed it with its source. Use cases: they flush, never commit."""

from collections.abc import Sequence

from sqlalchemy import select

from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.registre.chantier_models import Population


def populations() -> Sequence[Population]:
    """The figures, by sector."""
    return db.session.scalars(select(Population).order_by(Population.secteur)).all()


def write(secteur: str, habitants: int, source: str, annee: int, par: int) -> Population:
    """Keep a sector's figure, its source and its year. Errors: `population_sans_source`, `valeur_impossible`."""
    if not source.strip() or len(source) > 200:
        raise ConseilError("population_sans_source")
    if not (0 <= habitants < 10_000_000 and 1900 <= annee <= now().year and 0 < len(secteur) <= 60):
        raise ConseilError("valeur_impossible")
    found = db.session.get(Population, secteur) or Population(secteur=secteur)
    found.habitants, found.source, found.annee, found.par = habitants, source.strip(), annee, par
    db.session.add(found)
    db.session.flush()
    journal.record("population_ecrite", f"secteur:{secteur}", habitants=habitants, annee=annee)
    return found


def erase(secteur: str) -> None:
    """Take a sector's figure out."""
    found = db.session.get(Population, secteur)
    if found:
        db.session.delete(found)
        db.session.flush()
        journal.record("population_retiree", f"secteur:{secteur}")
