"""The ceremony through its use cases and pages: R11, R12, R13, journey 2 (both databases: test_ceremonie_ensemble)."""

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

import tirage as method
from conseil import journal
from conseil.access import Role
from conseil.comptes import services as comptes
from conseil.database import db
from conseil.errors import ConseilError
from conseil.journal import EntreeJournal
from conseil.tirages import ceremonie, endings, services
from conseil.tirages.models import Correction, De, Temoin, Tirage
from conseil.tirages.state import opened
from tests.conftest import sign_in
from tests.conseil.salle import (
    DICE,
    finish,
    gather,
    make_compte,
    make_draw,
    make_registre,
    make_witnesses,
    roll,
)

CLERK = "/tirages/essai/conduite"


def refused(code: str, statut: int | None = None) -> pytest.RaisesExc[ConseilError]:
    def is_it(error: ConseilError) -> bool:
        return error.code == code and statut in (None, error.statut)

    return pytest.RaisesExc(ConseilError, check=is_it)


def signed(app: Flask, courriel: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, courriel)
    return client


@pytest.fixture
def base_url(sqlite_model: Path, tmp_path: Path) -> str:
    """SQLite alone: what differs between the databases is tested apart."""
    path = tmp_path / "conseil.sqlite"
    shutil.copy(sqlite_model, path)
    return f"sqlite:///{path}"


@pytest.fixture
def clerk(demo_like: Flask) -> FlaskClient:
    make_compte(Role.VILLE)
    return signed(demo_like, "ville@essai.example")


@pytest.fixture
def demo_like(app: Flask) -> Flask:
    """Without TOTP, so that the tests sign in as the room does."""
    object.__setattr__(app.extensions["conseil"], "mode", "demonstration")
    return app


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


# ---- the whole of it -------------------------------------------------------------------------------------


def test_from_the_frozen_draw_to_the_minutes(demo_like: Flask, clerk: FlaskClient) -> None:
    draw = make_draw()
    make_witnesses()
    phones = [signed(demo_like, f"{who}@essai.example") for who in ("majorite", "opposition", "prefecture")]
    sha = draw.protocole_sha256

    assert clerk.post(f"{CLERK}/ouvrir").status_code == 303
    for phone in phones:
        assert "vous êtes dans la salle" in phone.get("/tirages/essai/temoin").text
        assert phone.post("/tirages/essai/temoin/presence").status_code == 303
        assert phone.post("/tirages/essai/temoin/empreinte", data={"empreinte": sha}).status_code == 303
    cups = {"porteur": ["Majorité", "Opposition", "Préfet", ""], "nombre": ["8", "8", "8", ""]}
    assert clerk.post(f"{CLERK}/gobelets", data=cups).status_code == 303
    assert clerk.post(f"{CLERK}/lever").status_code == 303
    for position in range(24):
        answer = clerk.post(f"{CLERK}/de", data={"position": position, "chiffre": DICE[position]})
        assert answer.status_code == 303
    assert clerk.post(f"{CLERK}/relire", data={"chiffres": DICE[:24]}).status_code == 303
    for phone in phones[:2]:
        assert "je confirme" in phone.get("/tirages/essai/temoin").text
        assert phone.post("/tirages/essai/temoin/des", data={"chiffres": DICE[:24]}).status_code == 303

    done = opened("essai").tirage
    assert done.etat == "tire"
    assert done.resultat == method.draw(done.registre_csv, done.protocole, DICE[:24]).data
    for rank in range(1, 9):
        clerk.post(f"{CLERK}/montrer", data={"rang": rank})
    numbers = [place.numero for place in method.parse_resultat(done.resultat).liste]
    screen = clerk.get("/tirages/essai/projection").text
    assert all(number in screen for number in numbers)
    minutes = text_of(clerk.get("/tirages/essai/proces-verbal.pdf").data)
    assert all(number in minutes for number in numbers)
    for said in ("Personne majorite", "Personne prefecture", "bailleur.csv", "connecté sur son téléphone"):
        assert said in minutes
    assert "4821 3907 5516 2409 3175 8602" in minutes
    assert list(journal.breaks()) == []


def test_every_step_may_be_sent_twice(app: Flask) -> None:
    make_draw()
    witnesses = gather()
    digits = roll()
    before = db.session.scalar(select(EntreeJournal.numero).order_by(EntreeJournal.numero.desc()))
    ceremonie.open_room("essai")
    ceremonie.lift("essai")
    ceremonie.set_cups("essai", [(cup.porteur, cup.nombre) for cup in opened("essai").gobelets])
    for position, digit in enumerate(digits):
        ceremonie.enter_digit("essai", position, int(digit))
    for witness in witnesses:
        ceremonie.confirm_fingerprint("essai", witness.id, opened("essai").tirage.protocole_sha256)
    assert journal.head() is not None
    assert db.session.scalar(select(EntreeJournal.numero).order_by(EntreeJournal.numero.desc())) == before
    ceremonie.read_back("essai", digits)
    for _ in range(2):
        for witness in witnesses:
            ceremonie.confirm_dice("essai", witness.id, digits)
    drawn = opened("essai").tirage
    assert drawn.etat == "tire"
    acts = db.session.scalars(select(EntreeJournal.acte)).all()
    assert acts.count("tirage_fait") == 1


# ---- witnesses -------------------------------------------------------------------------------------------


def test_without_the_three_the_dice_page_stays_closed(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    people = make_witnesses()
    ceremonie.open_room("essai")
    for compte in people[:2]:
        ceremonie.arrive("essai", compte)
    for name in ("Une", "Deux", "Trois"):
        ceremonie.write_in("essai", "habitant", name)
    db.session.commit()
    for act, data in (("lever", {}), ("de", {"position": 0, "chiffre": 4})):
        answer = clerk.post(f"{CLERK}/{act}", data=data)
        assert answer.status_code == 409
        assert "Il manque un témoin" in answer.text
    assert db.session.scalars(select(De)).all() == []


def test_a_witness_who_leaves_closes_the_dice(app: Flask) -> None:
    make_draw()
    witnesses = gather()
    roll(until=5)
    ceremonie.leave("essai", witnesses[2].id)
    with refused("temoins_manquants", 409):
        ceremonie.enter_digit("essai", 5, 1)
    ceremonie.write_in("essai", "delegue_prefet", "Paule Bertin")
    assert ceremonie.enter_digit("essai", 5, 1).position == 5


def test_a_witness_written_in_by_hand_is_marked_and_cannot_confirm(demo_like: Flask, clerk: FlaskClient) -> None:
    draw = make_draw()
    ceremonie.open_room("essai")
    witness = ceremonie.write_in("essai", "elu_majorite", "  Anne   Roy ")
    assert witness.nom == "Anne Roy"
    db.session.commit()
    with refused("confirmation_impossible"):
        ceremonie.confirm_aloud("essai", witness.id, empreinte=draw.protocole_sha256)
    page = clerk.get(CLERK).text
    assert "inscrit à la main" in page
    assert "à voix haute" not in page


def test_written_in_then_signed_in_is_one_witness(app: Flask) -> None:
    make_draw()
    compte = make_compte(Role.PREFECTURE, nom="Paule Bertin")
    ceremonie.open_room("essai")
    ceremonie.write_in("essai", "delegue_prefet", "Paule Bertin")
    ceremonie.arrive("essai", compte)
    assert [w.par_appareil for w in db.session.scalars(select(Temoin))] == [True]


def test_two_witnesses_of_one_name_are_two(app: Flask) -> None:
    make_draw()
    ceremonie.open_room("essai")
    for role, bord in ((Role.ELU, "majorite"), (Role.PREFECTURE, None)):
        ceremonie.arrive("essai", make_compte(role, bord, nom="Camille Martin"))
    twin = comptes.create("camille@essai.example", "Camille Martin", Role.ELU, "majorite")
    ceremonie.arrive("essai", twin)
    assert len(opened("essai").temoins) == 3


@pytest.mark.parametrize("role", [Role.VILLE, Role.ADMINISTRATION, Role.PORTEUSE, Role.TRESORIER])
def test_other_accounts_are_no_witnesses(demo_like: Flask, role: Role) -> None:
    make_draw()
    make_compte(role)
    ceremonie.open_room("essai")
    db.session.commit()
    client = signed(demo_like, f"{role}@essai.example")
    assert client.get("/tirages/essai/temoin").status_code == 200
    assert client.post("/tirages/essai/temoin/presence").status_code == 403
    assert client.post("/tirages/essai/temoin/empreinte", data={"empreinte": "x"}).status_code == 403
    assert db.session.scalars(select(Temoin)).all() == []


def test_only_the_clerk_conducts(demo_like: Flask) -> None:
    make_draw()
    make_witnesses()
    for client in (demo_like.test_client(), signed(demo_like, "majorite@essai.example")):
        assert client.get(CLERK).status_code in (302, 403)
        assert client.post(f"{CLERK}/ouvrir").status_code in (302, 403)
    assert opened("essai").tirage.etat == "fige"


def test_another_fingerprint_is_refused(app: Flask) -> None:
    make_draw()
    compte = make_witnesses()[0]
    ceremonie.open_room("essai")
    witness = ceremonie.arrive("essai", compte)
    with refused("empreinte_autre"):
        ceremonie.confirm_fingerprint("essai", witness.id, "0" * 64)


def test_who_came_late_confirms_no_dice(app: Flask) -> None:
    make_draw()
    gather()
    digits = roll()
    late = ceremonie.arrive("essai", make_compte(Role.MEMBRE))
    ceremonie.read_back("essai", digits)
    with refused("confirmation_impossible"):
        ceremonie.confirm_dice("essai", late.id, digits)


# ---- dice ------------------------------------------------------------------------------------------------


def test_another_digit_in_the_same_place_is_refused(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    gather()
    roll(until=3)
    answer = clerk.post(f"{CLERK}/de", data={"position": 2, "chiffre": (int(DICE[2]) + 1) % 10})
    assert answer.status_code == 409
    assert "Corriger" in answer.text
    assert opened("essai").chiffres == DICE[:3]


@pytest.mark.parametrize("chiffre", ["10", "-1", "x", "", "٣", "4.0", "9" * 30])
def test_what_is_no_digit_is_refused(demo_like: Flask, clerk: FlaskClient, chiffre: str) -> None:
    make_draw()
    gather()
    assert clerk.post(f"{CLERK}/de", data={"position": 0, "chiffre": chiffre}).status_code == 409
    assert opened("essai").chiffres == ""


def test_a_correction_is_journalled_and_asks_the_witnesses_again(app: Flask) -> None:
    make_draw()
    witnesses = gather()
    digits = roll()
    ceremonie.read_back("essai", digits)
    ceremonie.confirm_dice("essai", witnesses[0].id, digits)
    ceremonie.correct_digit("essai", 4, int(DICE[4]), 9)
    dossier = opened("essai")
    assert dossier.chiffres == DICE[:4] + "9" + DICE[5:24]
    assert dossier.tirage.relu_le is None
    assert all(witness.des_le is None for witness in dossier.temoins)
    assert [(c.position, c.avant, c.apres) for c in db.session.scalars(select(Correction))] == [(4, int(DICE[4]), 9)]
    last = journal.head()
    assert last is not None
    assert (last.acte, last.details["chiffre_apres"]) == ("de_corrige", 9)
    with refused("des_a_relire"):
        ceremonie.confirm_dice("essai", witnesses[0].id, dossier.chiffres)
    with refused("des_changes", 409):
        ceremonie.confirm_dice("essai", witnesses[0].id, digits)


def test_nothing_is_corrected_after_the_result(app: Flask) -> None:
    make_draw()
    finish()
    with refused("tirage_deja_fait"):
        ceremonie.correct_digit("essai", 0, int(DICE[0]), 9)


def test_a_correction_of_what_someone_else_corrected_is_refused(app: Flask) -> None:
    make_draw()
    gather()
    roll(until=2)
    ceremonie.correct_digit("essai", 1, int(DICE[1]), 7)
    with refused("de_change", 409):
        ceremonie.correct_digit("essai", 1, int(DICE[1]), 3)


def test_cups_do_not_change_once_lifted(app: Flask) -> None:
    make_draw()
    gather()
    with refused("gobelets_leves"):
        ceremonie.set_cups("essai", [("Quelqu'un", 24)])


def test_a_refused_form_keeps_what_was_typed(demo_like: Flask, clerk: FlaskClient) -> None:
    draw = make_draw()
    people = make_witnesses()
    ceremonie.open_room("essai")
    for compte in people:
        witness = ceremonie.arrive("essai", compte)
        ceremonie.confirm_fingerprint("essai", witness.id, draw.protocole_sha256)
    db.session.commit()
    answer = clerk.post(f"{CLERK}/gobelets", data={"porteur": ["Zélie & <b>", "Léo"], "nombre": ["8", "9"]})
    assert answer.status_code == 409
    assert "Il faut 24 dés en tout, vous en avez réparti 17" in answer.text
    assert "Zélie &amp; &lt;b&gt;" in answer.text


# ---- endings ---------------------------------------------------------------------------------------------


def test_withdrawn_before_the_first_die_and_listed_for_ever(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    assert clerk.post(f"{CLERK}/retirer", data={"motif": " "}).status_code == 400
    assert clerk.post(f"{CLERK}/retirer", data={"motif": "Salle fermée"}).status_code == 303
    public = demo_like.test_client()
    assert "Retiré avant les dés" in public.get("/tirages").text
    page = public.get("/tirages/essai").text
    assert "Salle fermée" in page
    assert public.get("/tirages/essai/registre.csv").status_code == 200
    assert "Salle fermée" in text_of(public.get("/tirages/essai/proces-verbal.pdf").data)
    assert clerk.post(f"{CLERK}/ouvrir").status_code == 409


def test_after_the_first_die_only_the_witnesses_together_cancel(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    witnesses = gather()
    roll(until=1)
    with refused("retrait_trop_tard"):
        endings.withdraw("essai", "Trop tard")
    clerk.post(f"{CLERK}/demander-annulation", data={"motif": "Un dé sous la table"})
    assert clerk.post(f"{CLERK}/accord", data={"temoin": witnesses[0].id}).status_code == 400
    for who in ("majorite", "opposition"):
        phone = signed(demo_like, f"{who}@essai.example")
        assert "Un dé sous la table" in phone.get("/tirages/essai/temoin").text
        phone.post("/tirages/essai/temoin/accord")
        phone.post("/tirages/essai/temoin/accord")
    assert opened("essai").tirage.etat == "ceremonie"
    signed(demo_like, "prefecture@essai.example").post("/tirages/essai/temoin/accord")
    dossier = opened("essai")
    assert dossier.tirage.etat == "annule"
    assert len(dossier.accords) == 3
    assert demo_like.test_client().get("/tirages/essai/protocole.json").status_code == 200
    with refused("tirage_arrete"):
        ceremonie.enter_digit("essai", 1, 4)


def test_a_cancellation_given_up_lets_the_draw_go_on(app: Flask) -> None:
    make_draw()
    witnesses = gather()
    roll(until=1)
    endings.propose_cancellation("essai", "Un doute")
    endings.agree_to_cancel("essai", witnesses[0].id, par_appareil=True)
    endings.give_up_cancellation("essai")
    assert opened("essai").accords == []
    assert ceremonie.enter_digit("essai", 1, 4).position == 1


def test_after_the_letters_only_a_decision_ends_it(app: Flask) -> None:
    make_draw()
    finish()
    seen: list[str] = []
    endings.on_invalidated(app, lambda draw, fin: seen.append(f"{draw.identifiant} {fin.reference}"))
    assert [draw.identifiant for draw in services.counting("habitants")] == ["essai"]
    endings.letters_left("essai")
    with refused("annulation_trop_tard"):
        endings.propose_cancellation("essai", "Trop tard")
    with refused("decision_incomplete"):
        endings.invalidate("essai", "Vice", "", "", date(2026, 12, 1))
    endings.invalidate("essai", "Vice de forme", "Tribunal administratif", "n° 26-1", date(2026, 12, 1))
    assert seen == ["essai n° 26-1"]
    assert services.counting("habitants") == []
    assert opened("essai").tirage.resultat is not None


# ---- rehearsal, validations, incidents -----------------------------------------------------------------


def test_a_rehearsal_is_marked_everywhere_and_feeds_nothing(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw(repetition=True)
    finish()
    assert services.counting("habitants") == []
    with refused("repetition_ne_compte_pas"):
        endings.letters_left("essai")
    for page in ("", "/projection", "/salle", "/conduite"):
        assert "RÉPÉTITION" in clerk.get(f"/tirages/essai{page}").text, page
    for name in ("annexe.pdf", "proces-verbal.pdf", "affiche.pdf", "registre.csv", "resultat.json", "fichiers.zip"):
        answer = clerk.get(f"/tirages/essai/{name}")
        assert "REPETITION" in answer.headers["Content-Disposition"], name
        if name.endswith("pdf"):
            assert "RÉPÉTITION" in text_of(answer.data), name
    sealed = clerk.post("/tirages/essai/noms.pdf")
    assert "RÉPÉTITION" in text_of(sealed.data)
    assert "RÉPÉTITION" in clerk.post("/tirages/essai/noms").text


def test_a_clerk_alone_can_rehearse(app: Flask) -> None:
    draw = make_draw(repetition=True)
    ceremonie.open_room("essai")
    people = [ceremonie.write_in("essai", q, q) for q in ("elu_majorite", "elu_opposition", "delegue_prefet")]
    for witness in people:
        ceremonie.confirm_aloud("essai", witness.id, empreinte=draw.protocole_sha256)
    ceremonie.set_cups("essai", [("Moi", 24)])
    ceremonie.lift("essai")
    digits = roll()
    ceremonie.read_back("essai", digits)
    for witness in people:
        ceremonie.confirm_aloud("essai", witness.id, chiffres=digits)
    assert opened("essai").tirage.etat == "tire"


def test_validations_and_incidents_stand_in_the_minutes(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    validation = {"qualite": "echantillon", "nom": "12 habitants tirés en mars", "date": "2026-03-14"}
    for _ in range(2):
        assert clerk.post(f"{CLERK}/valider", data=validation).status_code == 303
    assert clerk.post(f"{CLERK}/valider", data={**validation, "date": "hier"}).status_code == 400
    finish()
    clerk.post(f"{CLERK}/incident", data={"texte": "La lumière s'est éteinte une minute."})
    minutes = text_of(clerk.get("/tirages/essai/proces-verbal.pdf").data)
    assert minutes.count("12 habitants tirés en mars, samedi 14 mars 2026") == 1
    assert "La lumière s'est éteinte" in minutes
    assert "12 habitants tirés en mars" in demo_like.test_client().get("/tirages/essai").text


def test_documents_are_the_same_bytes_when_printed_again(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    finish()
    for name in ("annexe.pdf", "proces-verbal.pdf", "fichiers.zip"):
        first = clerk.get(f"/tirages/essai/{name}").data
        clerk.post("/tirages/essai/noms")
        assert clerk.get(f"/tirages/essai/{name}").data == first, name


def test_the_archive_holds_all_a_stranger_needs(demo_like: Flask) -> None:
    make_draw()
    finish()
    with zipfile.ZipFile(io.BytesIO(demo_like.test_client().get("/tirages/essai/fichiers.zip").data)) as files:
        assert set(files.namelist()) == {
            "registre.csv",
            "protocole.json",
            "resultat.json",
            "verificateur.html",
            "annexe-methode.pdf",
            "proces-verbal.pdf",
        }
        public = [files.read(name) for name in ("registre.csv", "protocole.json", "resultat.json")]
        assert method.verify(*public).places == 8


# ---- drafts ----------------------------------------------------------------------------------------------


def test_a_draft_becomes_a_frozen_draw(demo_like: Flask, clerk: FlaskClient) -> None:
    registre = make_registre()
    db.session.commit()
    begun = {"registre": registre.id, "intitule": "Tirage de novembre", "repetition": "0"}
    place = clerk.post("/tirages/preparer", data=begun).headers["Location"]
    page = clerk.get(place).text
    assert "32 places" in page
    changed = clerk.post(place, data={"intitule": "Tirage de décembre", "minimum|secteur|Coty": "40"})
    assert changed.status_code == 303
    assert "ne peuvent pas être tenues ensemble" in clerk.get(place).text
    assert clerk.post(f"{place}/figer").status_code == 409
    clerk.post(place, data={"intitule": "Tirage de décembre", "minimum|secteur|Coty": ""})
    assert clerk.post(f"{place}/figer").status_code == 303
    assert clerk.post(f"{place}/figer").status_code == 404
    draw = db.session.scalars(select(Tirage)).one()
    assert (draw.intitule, draw.places, draw.etat) == ("Tirage de décembre", 32, "fige")
    assert draw.exclusions == {"mineurs": 7, "hors_perimetre": 12}
    assert demo_like.test_client().get(f"/tirages/{draw.identifiant}/annexe.pdf").status_code == 200


@pytest.mark.parametrize("title", ["", " ", 'un "titre"', "a" * 201, "barre \\ inverse"])
def test_a_draft_s_title_must_be_publishable(demo_like: Flask, clerk: FlaskClient, title: str) -> None:
    registre = make_registre()
    db.session.commit()
    answer = clerk.post("/tirages/preparer", data={"registre": registre.id, "intitule": title})
    assert answer.status_code == 400
    assert "Le titre est vide" in answer.text


# ---- the phones' and the projector's state -------------------------------------------------------------


def test_the_state_answers_304_until_something_changes(demo_like: Flask) -> None:
    make_draw()
    client = demo_like.test_client()
    first = client.get("/tirages/essai/etat.json")
    mark = first.headers["ETag"]
    assert client.get("/tirages/essai/etat.json", headers={"If-None-Match": mark}).status_code == 304
    ceremonie.open_room("essai")
    db.session.commit()
    changed = client.get("/tirages/essai/etat.json", headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed.json is not None
    assert changed.json["etape"] == "temoins"


@pytest.mark.parametrize(
    ("host", "link"),
    [("192.168.1.20:8000", "http://192.168.1.20:8000"), ("localhost", "http://127.0.0.1:8000")],
)
def test_phones_are_sent_to_the_address_the_laptop_uses(
    demo_like: Flask, clerk: FlaskClient, host: str, link: str
) -> None:
    make_draw()
    ceremonie.open_room("essai")
    db.session.commit()
    screen = demo_like.test_client().get("/tirages/essai/projection", headers={"Host": host}).text
    assert f"{link}/tirages/essai/temoin" in screen
    assert "<path" in screen.split('class="qr"')[1].split("</figure>")[0]


def test_unknown_draws_and_gestures(demo_like: Flask, clerk: FlaskClient) -> None:
    make_draw()
    for page in ("projection", "salle", "etat.json", "annexe.pdf", "conduite", "temoin", "fichiers.zip"):
        assert clerk.get(f"/tirages/inconnu/{page}").status_code == 404, page
    assert clerk.post("/tirages/inconnu/conduite/ouvrir").status_code == 404
    assert clerk.post(f"{CLERK}/danser").status_code == 404
    assert clerk.get("/tirages/essai/proces-verbal.pdf").status_code == 404
