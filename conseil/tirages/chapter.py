"""The demonstration's draw: the four sample lists, a frozen protocol, the room, fixed dice, the 32.

It goes through the very use cases a real ceremony does: nothing here has a way round R11.
"""

from collections.abc import Callable
from datetime import date

from flask import Flask

from conseil.comptes import services as comptes
from conseil.comptes.models import Compte
from conseil.config import ROOT
from conseil.errors import ConseilError
from conseil.profil import BLOIS
from conseil.registre.lecture import Fichier, read_listes
from conseil.registre.services import Freeze, freeze
from conseil.registre.voies import read_voies
from conseil.rooms import Chapter, rooms
from conseil.tirages import ceremonie, presentation, rules, services
from conseil.tirages.models import Tirage
from conseil.tirages.state import opened

LISTES = ROOT / "conseil" / "demonstration" / "listes"
FICHIERS = (
    "terres-de-loire-habitat.csv",
    "loir-et-cher-logement.xlsx",
    "3f-jacques-gabriel.csv",
    "liste-electorale-extrait.txt",
)
TEMOINS = ("elu@demo.example", "opposition@demo.example", "prefecture@demo.example")
IDENTIFIANT = "habitants-demonstration"
DATE = date(2026, 11, 2)
# Ten-sided dice of the demonstration, long enough for any table; a real draw's are rolled in public.
DES = "48213907551624093175860246"


def tell(say: Callable[[str], None]) -> None:
    """Read the lists, freeze, roll; the second time, only say what is there."""
    draw = services.find(IDENTIFIANT) or _freeze(say)
    if draw.etat in ("fige", "ceremonie"):
        _hold_ceremony(draw)
    _print(draw, say)


def _hold_ceremony(draw: Tirage) -> None:
    """Each step may have been taken already: every use case does nothing the second time."""
    name = draw.identifiant
    ceremonie.open_room(name)
    witnesses = [ceremonie.arrive(name, _compte(courriel)) for courriel in TEMOINS]
    for witness in witnesses:
        ceremonie.confirm_fingerprint(name, witness.id, draw.protocole_sha256)
    numbers = rules.fair_cups(draw.nombre_des, len(witnesses))
    ceremonie.set_cups(name, list(zip((witness.nom for witness in witnesses), numbers, strict=True)))
    ceremonie.lift(name)
    for position, digit in enumerate(DES[: draw.nombre_des]):
        ceremonie.enter_digit(name, position, int(digit))
    digits = opened(name).chiffres
    ceremonie.read_back(name, digits)
    for witness in witnesses:
        ceremonie.confirm_dice(name, witness.id, digits)
    ceremonie.reveal(name, draw.places)


def _compte(courriel: str) -> Compte:
    compte = comptes.find(courriel)
    if compte is None:
        raise ConseilError("temoin_inconnu", statut=404)
    return compte


def _freeze(say: Callable[[str], None]) -> Tirage:
    files = [Fichier(name, (LISTES / name).read_bytes()) for name in FICHIERS]
    voies = read_voies("voies.csv", (LISTES / "voies.csv").read_bytes())
    lecture = read_listes(files, voies, DATE, age_minimum=BLOIS.age_minimum, fusionner_meme_adresse=True)
    say(f"Registre : {len(lecture.personnes)} habitants éligibles, lus dans {len(files)} listes")
    registre = freeze(lecture, Freeze("Registre de démonstration", DATE, BLOIS.age_minimum))
    return services.freeze_residents_draw(registre, IDENTIFIANT, "Tirage des habitants (démonstration)", BLOIS)


def _print(draw: Tirage, say: Callable[[str], None]) -> None:
    bilan = presentation.bilan(draw.registre_csv, draw.protocole, draw.resultat or b"")
    say(f"Empreinte du protocole : {draw.protocole_sha256}")
    say(f"Dés : {draw.des}")
    for row in bilan.liste:
        say(f"{row.rang:>3}  n° {row.numero}  {'  '.join(row.valeurs)}")
    say(f"Chance la plus faible : 1 sur {bilan.chance_minimale}")
    say("Vérification : le tirage refait à partir des fichiers publics donne la même liste")


def install(app: Flask) -> None:
    """Hand the chapter to the demonstration."""
    rooms(app).chapters.append(Chapter(20, "tirage", tell))
