"""Journey 1 from the first list to the frozen register, on the four sample lists, as a clerk's browser sends it."""

import io
import json

from flask import Flask
from sqlalchemy import func, select

from conseil.database import db
from conseil.journal import EntreeJournal
from conseil.registre.chantier_models import Calcul, Chantier, Completion, DecisionPaire, Liste
from conseil.registre.models import Registre, Resident
from tests.conseil.registre_outils import ECHANTILLON, LISTES, clerk

ATTENDU = json.loads((LISTES.parents[2] / "tests/donnees/attendu.json").read_text(encoding="utf-8"))


def test_the_four_lists_give_the_frozen_register(app: Flask) -> None:
    client = clerk(app)
    voies = (io.BytesIO((LISTES / "voies.csv").read_bytes()), "voies.csv")
    assert client.post("/registres/voies/importer", data={"voies": voies}).status_code == 302
    form = {"intitule": "Registre 2026", "date_du_tirage": ATTENDU["date_du_tirage"], "age_minimum": "16"}
    url = client.post("/registres/chantiers/nouveau", data=form).location
    files = [(io.BytesIO((LISTES / name).read_bytes()), name) for name in ECHANTILLON]
    client.post(f"{url}/listes", data={"listes": files}, content_type="multipart/form-data")
    page = client.get(url).text
    assert all(name in page for name in ECHANTILLON)

    pair = client.get(f"{url}/doublons").text
    assert "0 sur 239" in pair
    assert client.post(f"{url}/doublons/ensemble", data={"nombre": "239"}).status_code == 302
    assert "Toutes les ressemblances ont leur réponse" in client.get(f"{url}/doublons").text
    report = client.get(f"{url}/rapport.json").json
    assert report["eligibles"] == ATTENDU["eligibles"] == 7529
    assert report["effectifs"] == ATTENDU["effectifs"]
    assert {m: n for m, n in report["motifs"].items() if n} == {
        m: n for m, n in ATTENDU["counts"].items() if m in report["motifs"] and n
    }

    freeze = client.get(f"{url}/figer").text
    assert "J'ai relu cette page" not in freeze
    assert client.post(f"{url}/figer").status_code == 409
    for kind in report["types_minces"]:
        client.post(f"{url}/raison", data={"sujet": "type", "cle": kind, "texte": "Leur civilité n'est pas connue."})
    points = ("colonnes_a_verifier", "voies_inconnues", "sans_civilite", "sans_naissance", "populations_absentes")
    for point in points:
        client.post(f"{url}/raison", data={"sujet": "point", "cle": point, "texte": "Vu avec les bailleurs."})
    assert "J'ai relu cette page" in client.get(f"{url}/figer").text
    frozen = client.post(f"{url}/figer")
    assert frozen.status_code == 302

    registre = db.session.scalars(select(Registre)).one()
    assert db.session.scalar(select(func.count()).select_from(Resident)) == 7529
    assert registre.registre_csv.count(b"\n") == 7530
    page = client.get(frozen.location).text
    assert registre.registre_sha256[:4] in page
    kept = json.loads(registre.rapport)
    assert kept["decisions"] == {"meme": 239, "deux": 0}
    assert set(kept["raisons"]["types"]) == set(report["types_minces"])

    # Nothing but the register names anyone any more, and nothing can change.
    assert db.session.scalars(select(Liste.donnees)).all() == [None] * 4
    assert db.session.scalars(select(Calcul.resultat)).all() == [None]
    assert not db.session.scalars(select(DecisionPaire)).all()
    assert not db.session.scalars(select(Completion)).all()
    for path, data in (
        ("/listes", {"listes": (io.BytesIO(b"Nom;Adresse\n"), "x.csv")}),
        ("/figer", {}),
        ("/doublons", {"paire": "0" * 16, "choix": "meme"}),
        ("/completer", {"champ": "genre", "valeur": "F", "cle": "a"}),
        ("/raison", {"sujet": "point", "cle": "doublons", "texte": "x"}),
        ("/reglage", {"intitule": "Autre", "date_du_tirage": "2026-12-01", "age_minimum": "18"}),
    ):
        answer = client.post(f"{url}{path}", data=data)
        assert answer.status_code == 409, path
        assert "figé" in answer.text
    assert client.get(url).location == frozen.location
    assert db.session.scalars(select(Chantier)).one().registre_id == registre.id
    acts = set(db.session.scalars(select(EntreeJournal.acte)))
    assert {"liste_ajoutee", "doublons_reunis", "raison_ecrite", "registre_fige", "chantier_fige"} <= acts
