"""What a reading depends on, taken from the database in one go."""

from flask import current_app
from sqlalchemy import select

from conseil.database import db
from conseil.registre import oppositions, table_voies
from conseil.registre.assemblage import Entrees, ListeRecue, sorted_by_name
from conseil.registre.chantier_models import Chantier, Completion, DecisionPaire, Liste, Rattachement


def load(chantier: Chantier) -> Entrees:
    """Everything but the bytes; the same values give the same `cle`."""
    of = {"chantier_id": chantier.id}
    completions = db.session.scalars(select(Completion).filter_by(**of)).all()
    decisions = db.session.scalars(select(DecisionPaire).filter_by(**of)).all()
    attached = db.session.scalars(select(Rattachement)).all()
    lists = db.session.scalars(select(Liste).filter_by(**of)).all()
    return Entrees(
        sorted_by_name([ListeRecue(x.nom, x.sha256, x.adultes, x.colonnes, x.titres) for x in lists]),
        table_voies.csv_text(table_voies.lignes()),
        chantier.date_du_tirage,
        chantier.age_minimum,
        tuple(sorted((r.rue, r.voie) for r in attached)),
        tuple(sorted((c.cle, c.champ, c.valeur) for c in completions)),
        tuple(sorted((d.paire, d.choix) for d in decisions)),  # type: ignore[misc]
        tuple(sorted(oppositions.known_pairs(), key=str)),
        tuple(sorted(chantier.regroupements.items())),
    )


def contents(chantier_id: int) -> dict[str, bytes]:
    """The bytes of each list, by name."""
    rows = db.session.execute(select(Liste.nom, Liste.donnees).filter_by(chantier_id=chantier_id))
    return {nom: donnees or b"" for nom, donnees in rows}


def secret() -> bytes:
    """The key of the objections' hashes, of this site alone."""
    return oppositions.secret_of(current_app)
