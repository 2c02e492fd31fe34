"""Use cases of the draws. They flush, never commit."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

import tirage as method
from conseil import journal
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.profil import Profil
from conseil.registre.models import Registre
from conseil.tirages.models import Tirage


def freeze_residents_draw(
    registre: Registre, identifiant: str, intitule: str, profil: Profil, *, repetition: bool = False
) -> Tirage:
    """The frozen protocol of a draw of residents (R10): parity, sectors, one per household, R13 from here on.

    Errors: `tirage_identifiant_pris`, and those of the method where the quotas clash.
    """
    if find(identifiant):
        raise ConseilError("tirage_identifiant_pris", identifiant=identifiant)
    asked = method.Demande(
        tirage=identifiant,
        intitule=intitule,
        places=profil.places_tirage,
        parite=profil.critere_parite,
        proportionnels=(profil.critere_proportionnel,),
        repetition=repetition,
        identites_sha256=registre.identites_sha256,
        sources=tuple(method.Source(**source) for source in registre.sources),
        rapport_sha256=registre.rapport_sha256,
    )
    prepared = method.make_protocole(method.parse_registre(registre.registre_csv), asked)
    draw = Tirage(
        identifiant=identifiant,
        intitule=intitule,
        nature="habitants",
        repetition=repetition,
        registre_id=registre.id,
        registre_csv=registre.registre_csv,
        protocole=prepared.data,
        protocole_sha256=prepared.sha256,
    )
    db.session.add(draw)
    db.session.flush()
    journal.record("tirage_fige", f"tirage:{identifiant}", apres=prepared.sha256)
    return draw


def roll(identifiant: str, des: str) -> Tirage:
    """Turn the dice into the ranked list, once (R13), and check it before it is kept.

    Errors: `tirage_deja_fait`; the method's own for digits that are not `nombre_des` dice.
    """
    query = select(Tirage).where(Tirage.identifiant == identifiant).with_for_update()
    draw = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if draw.etat != "fige":
        raise ConseilError("tirage_deja_fait")
    result = method.draw(draw.registre_csv, draw.protocole, des)
    method.verify(draw.registre_csv, draw.protocole, result.data)
    draw.des, draw.resultat, draw.etat, draw.tire_le = des, result.data, "tire", now()
    db.session.flush()
    journal.record(
        "tirage_fait",
        f"tirage:{identifiant}",
        avant=draw.protocole_sha256,
        apres=hashlib.sha256(result.data).hexdigest(),
    )
    return draw


def find(identifiant: str) -> Tirage | None:
    """The draw with this identifier."""
    return db.session.scalars(select(Tirage).where(Tirage.identifiant == identifiant)).first()


def tirages() -> Sequence[Tirage]:
    """Every draw, the last frozen first; none ever leaves the list (R13)."""
    return db.session.scalars(select(Tirage).order_by(Tirage.fige_le.desc(), Tirage.id.desc())).all()
