"""What the tests of the registers in preparation share: the sample lists, small lists, a clerk signed in."""

import io
from collections.abc import Iterable

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from conseil.access import Role
from conseil.comptes.models import Compte
from conseil.config import ROOT
from conseil.database import db
from conseil.registre import calculs
from tests.conftest import make_account, sign_in

LISTES = ROOT / "conseil" / "demonstration" / "listes"
ECHANTILLON = (
    "terres-de-loire-habitat.csv",
    "loir-et-cher-logement.xlsx",
    "3f-jacques-gabriel.csv",
    "liste-electorale-extrait.txt",
)
ENTETE = "Civilité;Nom;Prénom;Né le;Adresse;Complément;CP;Ville"
VOIES = "voie;secteur\nrue Bégon;Bégon\nplace Lorjou;Kennedy\nrue Quinière;\n"


def liste(lignes: Iterable[str], entete: str = ENTETE) -> bytes:
    """A small list, as a landlord would send it."""
    return ("\n".join([entete, *lignes]) + "\n").encode()


def habitants(nombre: int, rue: str = "rue Bégon", nom: str = "Nom") -> list[str]:
    """Rows of distinct people, each at their own number."""
    return [f"Mme;{nom}{_letters(n)};Ada;01/02/1980;{n + 1} {rue};;41000;Blois" for n in range(nombre)]


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}") * 2


def clerk(app: Flask, courriel: str = "ville@essai.example") -> FlaskClient:
    """A clerk of the municipal service, signed in; readings end before their page answers."""
    app.config["REGISTRE_ATTENTE"] = 120
    calculs.forget()  # what another test of this process read
    secret = pyotp.random_base32()
    db.session.get_one(Compte, make_account(Role.VILLE, courriel)).totp_secret = secret
    db.session.commit()
    client = app.test_client()
    sign_in(client, courriel)
    assert client.post("/connexion/code", data={"code": pyotp.TOTP(secret).now()}).status_code == 302
    return client


def open_chantier(client: FlaskClient, jour: str = "2026-11-02") -> int:
    """A register in preparation, with the street table of `VOIES`; its number."""
    client.post("/registres/voies/importer", data={"voies": (io.BytesIO(VOIES.encode()), "voies.csv")})
    answer = client.post(
        "/registres/chantiers/nouveau",
        data={"intitule": "Registre d'essai", "date_du_tirage": jour, "age_minimum": "16"},
    )
    assert answer.status_code == 302, answer.text
    return int(answer.location.rsplit("/", 1)[-1])


def send(client: FlaskClient, numero: int, files: dict[str, bytes], **more: str) -> str:
    """Deposit lists; the page that follows, once they are read."""
    parts = [(io.BytesIO(data), name) for name, data in files.items()]
    url = f"/registres/chantiers/{numero}"
    answer = client.post(f"{url}/listes", data={"listes": parts, **more}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return client.get(url).text
