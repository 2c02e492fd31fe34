"""A small register and its draw for the tests of the ceremony: names, salts, accounts of the witnesses."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import tirage as method
from conseil.access import Role
from conseil.comptes import services as comptes
from conseil.comptes.models import Compte
from conseil.database import db
from conseil.profil import BLOIS
from conseil.registre.models import Registre, Resident
from conseil.tirages import ceremonie, rules, services
from conseil.tirages.models import Temoin, Tirage
from conseil.tirages.state import opened
from tests.conftest import PASSWORD

SECTEURS = ("Bégon", "Coty", "Croix Chevalier", "Kennedy")
DICE = "4821390755162409317586024613"
PROFIL = replace(BLOIS, places_tirage=8)
# Letters that stand nowhere in the site's own words, so that a search for a name finds names only.
NOMS = ("Zwiebelmann", "Qvortrup", "Wyszkowska", "Xhaferraj", "Kjaerulff")
PRENOMS = ("Zdenka", "Wolfram", "Xochitl", "Qasim")


def residents(count: int) -> list[Resident]:
    """People of an invented quarter, four sectors, women and men, some households of three."""
    width = len(str(count))
    return [
        Resident(
            numero=str(position).zfill(width),
            sel=hashlib.sha256(str(position).encode()).hexdigest()[:32],
            nom=f"{NOMS[position % 5]}{position}",
            prenom=PRENOMS[position % 4],
            naissance=date(1940 + position % 60, 1 + position % 12, 1 + position % 28),
            genre="FM"[position % 2],
            secteur=SECTEURS[position % 7 % 4],
            adresse=f"{position} allée Zkrzewski",
            complement="",
            foyer=f"f{position // 3}" if position % 10 < 3 else "",
        )
        for position in range(1, count + 1)
    ]


def make_registre(count: int = 120) -> Registre:
    """A frozen register, made directly of its files."""
    people = residents(count)
    public = method.write_registre(("genre", "secteur"), ((r.numero, r.foyer, r.genre, r.secteur) for r in people))
    lines = [(r.numero, method.empreinte_identite(r.sel, r.numero, r.nom, r.prenom, str(r.naissance))) for r in people]
    identities = method.write_identites(lines)
    rapport = json.dumps({"eligibles": count, "motifs": {"mineurs": 7, "hors_perimetre": 12}}).encode()
    made = Registre(
        intitule="Registre d'essai",
        date_du_tirage=date(2026, 11, 2),
        age_minimum=16,
        criteres=["genre", "secteur"],
        registre_csv=public,
        registre_sha256=hashlib.sha256(public).hexdigest(),
        identites_csv=identities,
        identites_sha256=hashlib.sha256(identities).hexdigest(),
        rapport=rapport,
        rapport_sha256=hashlib.sha256(rapport).hexdigest(),
        sources=[{"fichier": "bailleur.csv", "sha256": "a" * 64, "lignes": count + 19}],
        residents=people,
    )
    db.session.add(made)
    db.session.flush()
    return made


def make_draw(identifiant: str = "essai", *, repetition: bool = False, count: int = 120) -> Tirage:
    """A frozen draw of eight, committed."""
    registre = make_registre(count)
    draw = services.freeze_residents_draw(registre, identifiant, "Tirage d'essai", PROFIL, repetition=repetition)
    db.session.commit()
    return draw


def make_compte(role: Role, bord: str | None = None, nom: str | None = None) -> Compte:
    """An open account; its address is `<role or bord>@essai.example`."""
    word = bord or role.value
    compte = comptes.create(f"{word}@essai.example", nom or f"Personne {word}", role, bord)
    comptes.set_password(compte, PASSWORD)
    db.session.commit()
    return compte


def make_witnesses() -> list[Compte]:
    """The three of R11."""
    return [
        make_compte(Role.ELU, "majorite"),
        make_compte(Role.ELU, "opposition"),
        make_compte(Role.PREFECTURE),
    ]


def gather(identifiant: str = "essai") -> list[Temoin]:
    """The room open, the three there on their phones, the fingerprint confirmed, the cups set and lifted."""
    comptes_ = make_witnesses()
    draw = ceremonie.open_room(identifiant)
    witnesses = [ceremonie.arrive(identifiant, compte) for compte in comptes_]
    for witness in witnesses:
        ceremonie.confirm_fingerprint(identifiant, witness.id, draw.protocole_sha256)
    numbers = rules.fair_cups(draw.nombre_des, 3)
    ceremonie.set_cups(identifiant, list(zip(("Majorité", "Opposition", "Préfet"), numbers, strict=True)))
    ceremonie.lift(identifiant)
    db.session.commit()
    return witnesses


def roll(identifiant: str = "essai", until: int | None = None) -> str:
    """Enter the dice (the first `until`); gives the digits entered."""
    draw = opened(identifiant).tirage
    for position in range(draw.nombre_des if until is None else until):
        ceremonie.enter_digit(identifiant, position, int(DICE[position]))
    db.session.commit()
    return opened(identifiant).chiffres


def finish(identifiant: str = "essai") -> Tirage:
    """The whole ceremony, to the result."""
    witnesses = gather(identifiant)
    digits = roll(identifiant)
    ceremonie.read_back(identifiant, digits)
    for witness in witnesses:
        ceremonie.confirm_dice(identifiant, witness.id, digits)
    db.session.commit()
    return opened(identifiant).tirage
