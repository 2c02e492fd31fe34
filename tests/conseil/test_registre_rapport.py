"""The report in its forms, who may open the pages, and the assembly that everything rests on."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from conseil.access import Role, declared_access
from conseil.registre import bilan, comptes_rendus
from conseil.registre.assemblage import Entrees, ListeRecue, Lues, Proposees, assemble, propose, read_lists
from conseil.registre.chantier_rules import Ouvert, checklist, compare
from conseil.registre.fichiers import Fichier
from conseil.registre.lecture import Lecture, read_listes
from conseil.registre.table_voies import csv_text
from conseil.registre.voies import read_voies
from tests.conftest import make_account, sign_in
from tests.conseil.registre_outils import ECHANTILLON, LISTES, VOIES, clerk, habitants, liste, open_chantier, send

JOUR = date(2026, 11, 2)


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def nobody(_identite: str) -> bool:
    """No objection."""
    return False


@pytest.fixture
def ville(app: Flask) -> FlaskClient:
    return clerk(app)


@pytest.fixture(scope="module")
def sample() -> tuple[Entrees, dict[str, bytes]]:
    contents = {name: (LISTES / name).read_bytes() for name in sorted(ECHANTILLON)}
    voies = (LISTES / "voies.csv").read_text(encoding="utf-8")
    return Entrees(tuple(ListeRecue(name, name) for name in contents), voies, JOUR, 16), contents


def test_assembling_is_reading(sample: tuple[Entrees, dict[str, bytes]]) -> None:
    """Without a decision, the site's two steps give the very report of the library's one."""
    entrees, contents = sample
    lues = read_lists(entrees, contents, silent)
    proposees = propose(lues, entrees, silent)
    ours = assemble(lues, proposees, entrees, nobody, silent)
    voies = read_voies("voies.csv", entrees.voies.encode())
    theirs = read_listes([Fichier(name, data) for name, data in contents.items()], voies, JOUR)
    assert ours.rapport() == theirs.rapport()
    assert ours.personnes == theirs.personnes
    back = bilan.Bilan(bilan.write(ours, lues, proposees, entrees))
    assert back.rapport() == json.loads(json.dumps(ours.rapport()))
    assert len(back.places) == sum(len(f.occurrences) + len(f.rebuts) for f in ours.fichiers)
    assert sum(p.place == "gardes" for p in back.places) == len(ours.personnes) == len(back.personnes)


def small() -> tuple[Lues, Proposees, Entrees]:
    rows = habitants(4)
    contents = {
        "a.csv": liste(rows),
        "b.csv": liste([r.replace(";Nom", ";Nomm", 1) for r in rows]),
        "c.csv": liste([r.replace(";Nom", ";Noom", 1) for r in rows]),
    }
    entrees = Entrees(tuple(ListeRecue(name, name) for name in contents), VOIES, JOUR, 16)
    lues = read_lists(entrees, contents, silent)
    return lues, propose(lues, entrees, silent), entrees


SMALL = small()
PAIRS = [paire.id for paire in SMALL[1].doublons.a_confirmer]


def register(decisions: list[tuple[str, str]]) -> Lecture:
    lues, proposees, entrees = SMALL
    decided = Entrees(entrees.listes, entrees.voies, JOUR, 16, decisions=tuple(decisions))  # type: ignore[arg-type]
    return assemble(lues, proposees, decided, nobody, silent)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_decisions_in_any_order_give_the_same_register(data: st.DataObject) -> None:
    chosen = data.draw(st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(["meme", "deux"])))
    one = register(list(chosen.items()))
    other = register(data.draw(st.permutations(list(chosen.items()))))
    assert one.personnes == other.personnes
    assert one.rapport() == other.rapport()
    undone = [item for item in chosen.items() if item[0] != min(chosen)] if chosen else []
    assert register(undone).personnes == register(sorted(undone)).personnes
    assert 4 <= len(one.personnes) <= 12


def test_the_fingerprint_of_a_reading_changes_with_what_it_depends_on() -> None:
    base = SMALL[2]
    changes = {
        "voies": base.voies + "rue Neuve;Bégon\n",
        "date": date(2027, 1, 1),
        "age_minimum": 18,
        "rattachements": (("rue x", "rue Bégon"),),
        "completions": (("k", "genre", "F"),),
        "decisions": ((PAIRS[0], "meme"),),
        "oppositions": (("0" * 64, None),),
        "regroupements": (("Bégon", "Bégon + Kennedy"),),
        "listes": (ListeRecue("a.csv", "autre"),),
    }
    keys = {Entrees(**{**vars(base), name: value}).cle for name, value in changes.items()}
    assert len(keys | {base.cle}) == len(changes) + 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(ville: FlaskClient, start: str) -> None:
    """A street, a file, a source named to run in a spreadsheet."""
    hostile = f'{start}HYPERLINK("http://x")'
    name = f"{start.strip() or '='}cmd.csv"
    numero = open_chantier(ville)
    send(ville, numero, {name: liste(habitants(1))})
    figure = {"secteur": "Bégon", "habitants": "5", "annee": "2011", "source": hostile}
    ville.post(f"/registres/chantiers/{numero}/quartier", data=figure)
    data = ville.get(f"/registres/chantiers/{numero}/rapport.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["Sujet", "Détail", "Nombre"]
    assert any(name in cell for row in rows for cell in row)
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert comptes_rendus.safe_cell(hostile) == f"'{hostile}"


def test_the_pdf_is_tagged_and_names_nobody(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    files = {f"liste-{n}.csv": liste(habitants(3, nom=f"Fam{chr(97 + n)}")) for n in range(9)}
    send(ville, numero, files)
    answer = ville.get(f"/registres/chantiers/{numero}/rapport.pdf")
    assert answer.mimetype == "application/pdf"
    pdf = PdfReader(io.BytesIO(answer.data))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert "/StructTreeRoot" in root
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "27 habitants éligibles" in text
    assert all(name in text for name in files)
    report = ville.get(f"/registres/chantiers/{numero}/rapport.json").text
    table = ville.get(f"/registres/chantiers/{numero}/rapport.csv").text
    for written in (text, report, table):
        assert "fama" not in written.casefold()
        assert "1980" not in written


def test_an_empty_register_cannot_be_frozen_and_every_page_opens(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    url = f"/registres/chantiers/{numero}"
    pages = ("", "/compte", "/chercher", "/doublons", "/doublons/reponses", "/completer", "/foyers", "/groupes")
    for page in (*pages, "/voies-inconnues", "/quartier", "/rapport", "/rapport.pdf", "/rapport.csv", "/figer"):
        assert ville.get(url + page).status_code == 200, page
    for point in comptes_rendus.POINTS:
        ville.post(f"{url}/raison", data={"sujet": "point", "cle": point, "texte": "Parce que."})
    refused = ville.post(f"{url}/figer")
    assert refused.status_code == 409
    assert "restent ouverts\u00a0: 1" in refused.text


@pytest.mark.parametrize("code", ["listes_absentes", "listes_illisibles", "foyers_sans_raison", "types_sans_note"])
def test_no_reason_replaces_what_the_method_asks(code: str) -> None:
    """methode-tirage §1: each large household and each thin type has its own reason; lists must be there, and read."""
    settled = Ouvert(**dict.fromkeys(Ouvert.__dataclass_fields__, 0))
    assert all(point.passe for point in checklist(settled, {}))
    points = {p.code: p for p in checklist(replace(settled, **{code: 1}), {code: "Parce que."})}
    assert not points.pop(code).passe
    assert all(point.passe for point in points.values())
    other = replace(settled, doublons=3)
    assert not all(point.passe for point in checklist(other, {"doublons": "  "}))
    assert all(point.passe for point in checklist(other, {"doublons": "Vus un à un."}))


def chantier_rules(app: Flask) -> list[tuple[str, str]]:
    """Every address and method of the room."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("registre."):
            address = rule.rule.replace("<int:numero>", "1").split("<any(")[0]
            address += "registre.csv" if "<any(" in rule.rule else ""
            found += [(address, method) for method in (rule.methods or set()) & {"GET", "POST"}]
    return sorted(found)


@pytest.mark.parametrize("role", [r for r in Role if r != Role.VILLE])
def test_every_page_is_refused_to_the_other_roles(app: Flask, ville: FlaskClient, role: Role) -> None:
    numero = open_chantier(ville)
    assert numero == 1
    other = app.test_client()
    make_account(role, "autre@essai.example")
    sign_in(other, "autre@essai.example")
    walked = chantier_rules(app)
    assert len(walked) > 40
    for address, method in walked:
        refused = other.open(address, method=method)
        # A role that must protect its account first is sent there, whatever it asks.
        assert refused.status_code == 403 or refused.location.startswith("/compte/"), address
        answer = app.test_client().open(address, method=method)
        assert answer.status_code == 302, address
        assert "/connexion" in answer.location


def test_the_room_is_for_ville_alone(app: Flask) -> None:
    for endpoint in app.view_functions:
        if endpoint.startswith("registre."):
            assert declared_access(app, endpoint) == frozenset({Role.VILLE}), endpoint


@pytest.mark.parametrize(
    ("inscrits", "habitants_connus", "alertes"),
    [
        ({"A": 50, "B": 50}, {"A": 100, "B": 100}, set()),
        ({"A": 56, "B": 44}, {"A": 100, "B": 100}, {"A", "B"}),
        ({"A": 55, "B": 45}, {"A": 100, "B": 100}, set()),
        ({"A": 90, "B": 10}, {"A": 100}, set()),  # a sector without a figure: nothing to compare with
        ({"A": 10}, {"A": 50, "B": 50}, {"A", "B"}),  # a sector with nobody in the register
        ({}, {}, set()),
    ],
)
def test_shares_beside_the_population(
    inscrits: dict[str, int], habitants_connus: dict[str, int], alertes: set[str]
) -> None:
    assert {c.secteur for c in compare(inscrits, habitants_connus) if c.alerte} == alertes


def test_the_street_table_reads_back_as_it_was_written() -> None:
    class Line:
        voie, secteur, debut, fin, cote, commune = "rue ; étrange", "Bégon", 1, None, "impair", "Blois"

    read = read_voies("voies.csv", csv_text([Line]).encode())
    assert read.voies[0].libelle == "rue ; étrange"
    assert read.voies[0].secteur(3) == "Bégon"
    assert read.voies[0].secteur(4) is None
