"""Lists sent, withdrawn, sent again; their columns; the reading that dies and is taken over."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from conseil.database import db, now
from conseil.registre import calculs
from conseil.registre.chantier_models import Calcul, Chantier, Liste, SourceConnue
from tests.conseil.registre_outils import clerk, habitants, liste, open_chantier, send

A, B = liste(habitants(3)), liste(habitants(5, "place Lorjou", "Autre"))


@pytest.fixture
def ville(app: Flask) -> FlaskClient:
    return clerk(app)


def eligible(client: FlaskClient, numero: int) -> int:
    found: int = client.get(f"/registres/chantiers/{numero}/rapport.json").json["eligibles"]
    return found


def test_the_same_file_twice_is_refused_with_a_sentence(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": A})
    page = send(ville, numero, {"copie.csv": A, "b.csv": B})
    assert "« copie.csv » est exactement la même liste que « a.csv »" in page
    assert {x.nom for x in db.session.scalars(select(Liste))} == {"a.csv", "b.csv"}
    assert eligible(ville, numero) == 8


def test_two_files_of_one_name_are_told_apart(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"dossier/a.csv": A})
    assert "a (2).csv" in send(ville, numero, {"C:/listes/a.csv": B})


def test_a_withdrawn_list_takes_its_people_and_can_come_back(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": A, "b.csv": B})
    first = db.session.scalars(select(Liste.id).where(Liste.nom == "b.csv")).one()
    page = ville.get(f"/registres/chantiers/{numero}").text
    assert "5 personnes ne compteraient plus par cette liste" in page
    url = f"/registres/chantiers/{numero}/listes/retirer"
    assert ville.post(url, data={"liste": first}).status_code == 302
    assert eligible(ville, numero) == 3
    assert ville.post(url, data={"liste": first}).status_code == 404
    send(ville, numero, {"b.csv": B})
    assert eligible(ville, numero) == 8


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("vide.csv", b"", "Le fichier est vide"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "une image PNG"),
        ("livre.xlsx", b"PK\x03\x04" + b"x" * 99, "Le classeur est abîmé"),
    ],
)
def test_what_is_no_list_is_refused_and_does_not_lose_the_others(
    ville: FlaskClient, name: str, data: bytes, said: str
) -> None:
    numero = open_chantier(ville)
    page = send(ville, numero, {name: data, "a.csv": A})
    assert said in page
    assert [x.nom for x in db.session.scalars(select(Liste))] == ["a.csv"]


def test_too_heavy_in_all(ville: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conseil.registre.chantiers.TOTAL_MAXIMUM", len(A) + 10)
    numero = open_chantier(ville)
    page = send(ville, numero, {"a.csv": A, "b.csv": B})
    assert "dépasser 64 Mo" in page
    assert [x.nom for x in db.session.scalars(select(Liste))] == ["a.csv"]


def test_columns_settled_once_serve_the_next_list_of_the_source(ville: FlaskClient) -> None:
    """« Machin ; Truc ; Bidule »: nobody can guess; a person says, and the next list is read at once."""
    numero = open_chantier(ville)
    first = "Machin;Truc;Bidule\nDUPONT Ana;12 rue Bégon;12/05/1980\nMARTIN Eva;13 rue Bégon;01/02/1990\n".encode()
    page = send(ville, numero, {"perdu.csv": first})
    assert "Aucune ligne de titres" in page
    url = f"/registres/chantiers/{numero}/colonnes"
    numbered = db.session.scalars(select(Liste.id)).one()
    assert "DUPONT Ana" in ville.get(f"{url}?liste={numbered}").text
    short = ville.post(url, data={"liste": numbered, "feuille": "", "role": ["nom:1", "ignore:1", "naissance:1"]})
    assert short.status_code == 400
    assert "Il manque l&#39;adresse" in short.text
    roles = ["nom:1", "adresse:1", "naissance:1"]
    assert ville.post(url, data={"liste": numbered, "feuille": "", "role": roles}).status_code == 302
    assert eligible(ville, numero) == 2
    second = "MACHIN;Truc;bidule\nPETIT Zoé;14 rue Bégon;12/05/1981\n".encode()
    page = send(ville, numero, {"suite.csv": second})
    assert "Colonnes reprises de la dernière fois" in page
    assert eligible(ville, numero) == 3
    account = ville.get(f"/registres/chantiers/{numero}/compte").text
    assert "lignes sans personne" in account  # the heading lines are in the account, not in the register
    assert db.session.scalars(select(SourceConnue)).one().colonnes["colonnes"][0]["role"] == "nom"
    assert ville.post(url, data={"liste": numbered, "geste": "deviner"}).status_code == 302
    assert eligible(ville, numero) == 1


def test_adults_only_needs_no_date_of_birth(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    rows = ["Mme;Un;Ada;;1 rue Bégon;;41000;Blois", "Mme;Deux;Ada;01/01/1980;2 rue Bégon;;41000;Blois"]
    send(ville, numero, {"a.csv": liste(rows)})
    assert eligible(ville, numero) == 1
    numbered = db.session.scalars(select(Liste.id)).one()
    ville.post(f"/registres/chantiers/{numero}/listes/adultes", data={"liste": numbered, "adultes": "oui"})
    assert eligible(ville, numero) == 2


def test_every_line_is_in_one_place_of_the_account(ville: FlaskClient) -> None:
    rows = [
        *habitants(2),
        "Mme;Enfant;Zoé;01/01/2020;9 rue Bégon;;41000;Blois",
        "Mme;Ailleurs;Zoé;01/01/1970;9 rue Quinière;;41000;Blois",
        "Mme;Perdue;Zoé;01/01/1970;9 rue Inconnue;;41000;Blois",
        ";SARL Durand;;;9 rue Bégon;;41000;Blois",
        "Total;4;;;;;;",
    ]
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste(rows), "b.csv": liste(habitants(1))})
    url = f"/registres/chantiers/{numero}/compte/lignes"
    expected = {"gardes": 2, "fusionnes": 1, "mineurs": 1, "hors_perimetre": 1, "voie_inconnue": 1}
    expected |= {"personnes_morales": 1, "lignes_sans_personne": 1, "decedes": 0}
    for place, count in expected.items():
        assert f"<h1>{count} " in ville.get(f"{url}?place={place}").text, place
    assert "ligne 5" in ville.get(f"{url}?place=hors_perimetre").text
    assert ville.get(f"{url}?place=ailleurs").status_code == 404
    found = ville.get(f"/registres/chantiers/{numero}/chercher?nom=ZOE perdue").text
    assert "voie inconnue" in found
    assert "a.csv, ligne 6" in found
    assert "Aucune ligne" in ville.get(f"/registres/chantiers/{numero}/chercher?nom=Personne").text


def _die_while_reading(numero: int, ago: timedelta) -> None:
    """What a worker that was killed leaves behind: its token, its last sign of life, no result."""
    died = {"jeton": "f" * 32, "battement": now() - ago, "etape": "lecture", "resultat_cle": "", "resultat": None}
    db.session.execute(update(Calcul).where(Calcul.chantier_id == numero).values(died))
    db.session.commit()


def test_a_dead_workers_reading_is_taken_over(app: Flask, ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": A})
    _die_while_reading(numero, calculs.BAIL * 2)
    assert eligible(ville, numero) == 3


def test_a_living_workers_reading_is_left_alone(app: Flask, ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": A})
    _die_while_reading(numero, timedelta(0))
    page = ville.get(f"/registres/chantiers/{numero}/rapport").text
    assert "Lecture des listes en cours" in page
    assert '<meta http-equiv="refresh"' in page
    assert ville.get(f"/registres/chantiers/{numero}/etat.json").json["fini"] is False
    assert db.session.get_one(Calcul, numero).jeton == "f" * 32


def test_a_result_that_comes_too_late_is_not_kept(app: Flask, ville: FlaskClient) -> None:
    """A worker that lost its lease, or whose register was frozen meanwhile, leaves nothing."""
    numero = open_chantier(ville)
    calculs._finish(numero, "lost", "x" * 64, b"late", "")
    assert db.session.get_one(Calcul, numero).resultat is None
    db.session.execute(update(Calcul).values(jeton="mine"))
    db.session.execute(update(Chantier).values(fige_le=now()))
    db.session.commit()
    calculs._finish(numero, "mine", "x" * 64, b"late", "")
    db.session.expire_all()
    assert db.session.get_one(Calcul, numero).resultat is None
    assert db.session.get_one(Calcul, numero).jeton == ""


def test_a_reading_that_fails_says_so_without_a_name_in_the_log(
    app: Flask, ville: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    numero = open_chantier(ville)

    name = "DUPONT"

    def broken(*_: object) -> None:
        raise ValueError(name)

    monkeypatch.setattr("conseil.registre.calculs.assemblage.read_lists", broken)
    page = send(ville, numero, {"nouvelle.csv": liste(habitants(4))})
    assert "La lecture s'est arrêtée" in page
    assert "DUPONT" not in caplog.text
    assert "ValueError" in caplog.text
    monkeypatch.undo()
    app.config["REGISTRE_ATTENTE"] = 120
    assert ville.post(f"/registres/chantiers/{numero}/relire").status_code == 302
    assert eligible(ville, numero) == 4


def test_another_day_and_another_age_change_who_is_in(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste(["Mme;Un;Ada;01/06/2010;1 rue Bégon;;41000;Blois"])})
    assert eligible(ville, numero) == 1
    form = {"intitule": "Autre", "date_du_tirage": "2026-05-31", "age_minimum": "16"}
    assert ville.post(f"/registres/chantiers/{numero}/reglage", data=form).status_code == 302
    assert eligible(ville, numero) == 0
    wrong = ville.post(f"/registres/chantiers/{numero}/reglage", data={**form, "date_du_tirage": "hier"})
    assert wrong.status_code == 200
    assert "champ-faux" in wrong.text


def test_nothing_chosen(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    empty = {"listes": (io.BytesIO(b""), "")}
    answer = ville.post(f"/registres/chantiers/{numero}/listes", data=empty, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "Aucun fichier n&#39;a été choisi" in answer.text
