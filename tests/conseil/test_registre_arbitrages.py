"""What people settle: look-alikes, blanks, objections, large households, thin types, streets; by two at once too."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from conseil.access import Role
from conseil.database import db, now
from conseil.errors import ConseilError
from conseil.journal import EntreeJournal
from conseil.registre import arbitrages, oppositions
from conseil.registre.chantier_models import Completion, DecisionPaire, LigneVoie, Opposition, Rattachement
from tests.conftest import make_account
from tests.conseil.registre_outils import clerk, habitants, liste, open_chantier, send


def look_alikes(count: int) -> dict[str, bytes]:
    """Two lists that write each of these people with a letter of difference, at the same address."""
    rows = habitants(count)
    return {"a.csv": liste(rows), "b.csv": liste([row.replace(";Nom", ";Nomm", 1) for row in rows])}


@pytest.fixture
def ville(app: Flask) -> FlaskClient:
    return clerk(app)


def report(client: FlaskClient, numero: int) -> dict[str, object]:
    found: dict[str, object] = client.get(f"/registres/chantiers/{numero}/rapport.json").json
    return found


def pair_of(page: str) -> str:
    return page.split('name="paire" value="')[1].split('"')[0]


def test_one_answer_each_with_progress_undo_and_change(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, look_alikes(3))
    url = f"/registres/chantiers/{numero}/doublons"
    page = ville.get(url).text
    assert "0 sur 3" in page
    assert "<mark>m</mark>" in page
    assert report(ville, numero)["eligibles"] == 6
    first = pair_of(page)
    ville.post(url, data={"paire": first, "choix": "meme", "vu": ""})
    page = ville.get(url).text
    assert "1 sur 3" in page
    assert pair_of(page) != first
    assert report(ville, numero)["eligibles"] == 5
    back = ville.post(f"{url}/annuler")
    assert first in back.location
    assert report(ville, numero)["eligibles"] == 6
    assert ville.post(f"{url}/annuler").status_code == 400
    # A change of mind, then its undo, gives the first answer back.
    ville.post(url, data={"paire": first, "choix": "meme", "vu": ""})
    ville.post(url, data={"paire": first, "choix": "deux", "vu": "meme"})
    assert db.session.scalars(select(DecisionPaire.choix)).one() == "deux"
    ville.post(f"{url}/annuler")
    db.session.expire_all()
    assert db.session.scalars(select(DecisionPaire.choix)).one() == "meme"
    assert ville.post(url, data={"paire": first, "choix": "peut-être"}).status_code == 400


def test_all_of_one_address_at_once_with_the_number_shown_first(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, look_alikes(4))
    url = f"/registres/chantiers/{numero}/doublons"
    assert "réunir les 4" in ville.get(url).text
    ville.post(url, data={"paire": pair_of(ville.get(url).text), "choix": "deux", "vu": ""})
    ville.post(f"{url}/ensemble", data={"nombre": "4"})  # the number that was shown is no longer true
    assert len(db.session.scalars(select(DecisionPaire)).all()) == 1
    ville.post(f"{url}/ensemble", data={"nombre": "3"})
    assert "4 sur 4" in ville.get(url).text
    assert report(ville, numero)["eligibles"] == 5
    ville.post(f"{url}/annuler")
    assert "1 sur 4" in ville.get(url).text


def test_two_clerks_on_one_pair_never_overwrite_each_other(app: Flask, ville: FlaskClient) -> None:
    other = clerk(app, "autre@essai.example")
    numero = open_chantier(ville)
    send(ville, numero, look_alikes(1))
    url = f"/registres/chantiers/{numero}/doublons"
    pair = pair_of(ville.get(url).text)
    ville.post(url, data={"paire": pair, "choix": "meme", "vu": ""})
    answer = other.post(url, data={"paire": pair, "choix": "deux", "vu": ""}, follow_redirects=True)
    assert "a déjà répondu « même personne »" in answer.text
    assert db.session.scalars(select(DecisionPaire.choix)).one() == "meme"
    assert other.post(f"{url}/annuler").status_code == 400  # nothing of theirs to take back


def test_clerks_in_parallel_lose_no_answer(app: Flask, ville: FlaskClient) -> None:
    """Twelve pairs, four clerks, the same pairs at the same time: each pair has one answer, the first."""
    numero = open_chantier(ville)
    clerks = [make_account(Role.VILLE, f"v{n}@essai.example") for n in range(4)]
    pairs = [f"{n:016x}" for n in range(12)]
    db.session.rollback()  # on SQLite an open transaction of the test would hold the write lock
    gate = threading.Barrier(len(clerks))

    def answer(who: int) -> list[str]:
        told = []
        gate.wait()
        for pair in pairs:
            with app.app_context():
                try:
                    arbitrages.decide(numero, pair, ("meme", "deux")[who % 2], who)
                    db.session.commit()
                    told.append("kept")
                except ConseilError as refusal:
                    db.session.rollback()
                    told.append(refusal.code)
        return told

    with ThreadPoolExecutor(len(clerks)) as pool:
        outcomes = list(pool.map(answer, clerks))
    decisions = db.session.scalars(select(DecisionPaire)).all()
    assert sorted(d.paire for d in decisions) == pairs
    for position, decision in enumerate(sorted(decisions, key=lambda d: d.paire)):
        said = {who: outcomes[i][position] for i, who in enumerate(clerks)}
        agree = {who for who in clerks if ("meme", "deux")[who % 2] == decision.choix}
        assert all((said[who] == "kept") == (who in agree) for who in clerks)
    acts = db.session.scalars(select(EntreeJournal).where(EntreeJournal.acte == "doublon_decide")).all()
    assert len(acts) == len(pairs)


ACTIONS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["meme", "deux", "annuler"]), st.integers(1, 2)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_undo_gives_back_what_stood_before(app: Flask, actions: list[tuple[int, str, int]]) -> None:
    """Whatever two clerks answer and take back, the decisions are those of a plain history."""
    app.config["REGISTRE_ATTENTE"] = 0
    from conseil.registre import chantiers

    db.session.rollback()
    numero = chantiers.start(chantiers.Reglage("Essai", now().date(), 16), 1).id
    model: dict[str, list[tuple[int, int, str]]] = {}  # pair → (gesture, who, choice), the last one stands
    gesture = 0
    for pair_number, action, who in actions:
        pair = f"{pair_number:016x}"
        if action == "annuler":
            mine = [(h[-1][0], p) for p, h in model.items() if h and h[-1][1] == who]
            if mine:
                assert arbitrages.undo(numero, who) == [max(mine)[1]]
                model[max(mine)[1]].pop()
            continue
        seen = model.setdefault(pair, [])
        arbitrages.decide(numero, pair, action, who, seen[-1][2] if seen else "")
        if not seen or seen[-1][2] != action:
            gesture = 1 + max((h[-1][0] for h in model.values() if h), default=0)
            seen.append((gesture, who, action))
    standing = {pair: history[-1][2] for pair, history in model.items() if history}
    assert {p: d.choix for p, d in arbitrages.decisions(numero).items()} == standing
    db.session.rollback()


def test_blanks_are_filled_with_who_and_when(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    rows = [
        ";Sansgenre;Ada;01/02/1980;1 rue Bégon;;41000;Blois",
        "Mme;Sansdate;Ada;le 3 mai;2 rue Bégon;;41000;Blois",
        "Mme;Sansvoie;Ada;01/02/1980;3 rue Oubliée;;41000;Blois",
        *habitants(1),
    ]
    send(ville, numero, {"a.csv": liste(rows)})
    url = f"/registres/chantiers/{numero}/completer"

    def keys(champ: str) -> str:
        page: str = ville.get(f"{url}?champ={champ}").text
        return page.split('name="cle" value="')[1].split('"')[0]

    assert report(ville, numero)["eligibles"] == 2
    assert "le 3 mai" in ville.get(f"{url}?champ=naissance").text
    wrong = ville.post(
        url, data={"champ": "naissance", "cle": keys("naissance"), "valeur": "1850-01-01"}, follow_redirects=True
    )
    assert "pas possible" in wrong.text
    genre = keys("genre")
    for champ, cle, valeur in (
        ("naissance", keys("naissance"), "1980-05-03"),
        ("secteur", keys("secteur"), "Kennedy"),
        ("genre", genre, "F"),
    ):
        assert ville.post(url, data={"champ": champ, "cle": cle, "valeur": valeur}).status_code == 302
    found = report(ville, numero)
    assert found["eligibles"] == 4
    assert found["effectifs"] == {"F|Bégon": 3, "F|Kennedy": 1}
    assert {c.champ for c in db.session.scalars(select(Completion))} == {"genre", "naissance", "secteur"}
    told = ville.post(url, data={"champ": "genre", "cle": genre, "valeur": "M", "vu": ""}, follow_redirects=True)
    assert "a déjà rempli cette case" in told.text
    # The same list sent again, sorted otherwise, finds what was filled in.
    listed = ville.get(f"/registres/chantiers/{numero}").text.split('name="liste" value="')[1].split('"')[0]
    ville.post(f"/registres/chantiers/{numero}/listes/retirer", data={"liste": listed})
    send(ville, numero, {"b.csv": liste(reversed(rows))})
    assert report(ville, numero)["effectifs"] == {"F|Bégon": 3, "F|Kennedy": 1}


def test_left_without_a_gender_is_an_answer_too(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste([";Sansgenre;Ada;01/02/1980;1 rue Bégon;;41000;Blois"])})
    url = f"/registres/chantiers/{numero}"
    point = "Les personnes sans civilité sont complétées"
    assert "reste 1" in ville.get(f"{url}/figer").text.split(point)[1][:200]
    cle = ville.get(f"{url}/completer").text.split('name="cle" value="')[1].split('"')[0]
    ville.post(f"{url}/completer", data={"champ": "genre", "cle": cle, "valeur": "X"})
    assert "fait" in ville.get(f"{url}/figer").text.split(point)[1][:200]
    assert report(ville, numero)["effectifs"] == {"X|Bégon": 1}


@pytest.mark.parametrize(
    ("nom", "prenom", "naissance", "left"),
    [
        ("NOMAAAAAAAA", "ada", "", 2),
        ("Nomaaaaaaaa", "Ada", "1980-02-01", 2),
        ("Nomaaaaaaaa", "Ada", "1980-02-02", 3),
        ("Nomaaaaaaaa", "Eva", "", 3),
    ],
)
def test_an_objection_is_applied_and_its_name_not_kept(
    ville: FlaskClient, nom: str, prenom: str, naissance: str, left: int
) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste(habitants(3))})
    form = {"nom": nom, "prenom": prenom, "naissance": naissance}
    assert ville.post("/registres/oppositions", data=form).status_code == 302
    assert ville.post("/registres/oppositions", data=form).status_code == 302
    assert report(ville, numero)["eligibles"] == left
    kept = db.session.scalars(select(Opposition)).one()
    assert nom.casefold() not in str(vars(kept)).casefold()
    db.session.execute(update(Opposition).values(quand=now() - timedelta(days=5 * 366 + 1)))
    db.session.commit()
    assert report(ville, numero)["eligibles"] == 3
    oppositions.forget_old()
    assert not db.session.scalars(select(Opposition)).all()


def test_a_tower_is_split_or_explained(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    rows = [row.replace(row.split(";")[4], "7 rue Bégon").replace(row.split(";")[1], "TOUR") for row in habitants(13)]
    rows = [row.replace(";Ada;", f";Ada{chr(97 + n)};") for n, row in enumerate(rows)]
    rows = [row.replace("/1980", f"/{1950 + n}") for n, row in enumerate(rows)]
    send(ville, numero, {"a.csv": liste(rows)})
    url = f"/registres/chantiers/{numero}"
    page = ville.get(f"{url}/foyers").text
    assert "13 personnes : 7 rue Bégon" in page
    cle = page.split('name="cle" value="')[1].split('"')[0]
    ville.post(f"{url}/raison", data={"sujet": "foyer", "cle": cle, "texte": "  Une   grande maison. "})
    assert report(ville, numero)["raisons"]["foyers"] == [{"personnes": 13, "raison": "Une grande maison."}]
    member = page.split('name="champ" value="complement"')[0].rsplit('name="cle" value="', 1)[1].split('"')[0]
    ville.post(f"{url}/completer", data={"champ": "complement", "cle": member, "valeur": "apt 1"})
    assert "Aucun foyer ne dépasse 12" in ville.get(f"{url}/foyers").text
    assert ville.post(f"{url}/raison", data={"sujet": "foyer", "cle": cle, "texte": "x" * 501}).status_code == 400


def test_thin_types_are_noted_or_their_sectors_joined(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste(habitants(4)), "b.csv": liste(habitants(3, "place Lorjou", "Autre"))})
    url = f"/registres/chantiers/{numero}"
    assert report(ville, numero)["types_minces"] == {"F|Bégon": 4, "F|Kennedy": 3}
    assert ville.post(f"{url}/groupes", data={"secteur": ["Bégon"]}).status_code == 400
    ville.post(f"{url}/groupes", data={"secteur": ["Bégon", "Kennedy"]})
    assert report(ville, numero)["effectifs"] == {"F|Bégon + Kennedy": 7}
    ville.post(f"{url}/groupes")
    assert set(report(ville, numero)["types_minces"]) == {"F|Bégon", "F|Kennedy"}


def test_unknown_streets_are_proposed_and_attached_by_a_person(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste([*habitants(2, "rue Begonn"), *habitants(1, "impasse Perdue", "Autre")])})
    url = f"/registres/chantiers/{numero}/voies-inconnues"
    page = ville.get(url).text
    assert "C&#39;est « rue Bégon »" in page or "C'est « rue Bégon »" in page
    assert report(ville, numero)["eligibles"] == 0
    ville.post(url, data={"rue": "rue begonn", "voie": "rue Bégon"})
    assert report(ville, numero)["eligibles"] == 2
    ville.post(url, data={"rue": "impasse perdue", "secteur": "Kennedy", "geste": "ajouter"})
    assert report(ville, numero)["effectifs"] == {"F|Bégon": 2, "F|Kennedy": 1}
    ville.post(url, data={"rue": "rue begonn", "geste": "detacher"})
    assert report(ville, numero)["eligibles"] == 1
    assert not db.session.scalars(select(Rattachement)).all()
    assert ville.post(url, data={"rue": "x", "voie": "rue de nulle part"}).status_code == 409


def test_the_street_table_refuses_what_contradicts_it_and_what_changed_meanwhile(ville: FlaskClient) -> None:
    open_chantier(ville)
    clash = ville.post("/registres/voies", data={"voie": "rue Bégon", "secteur": "Kennedy"})
    assert clash.status_code == 400
    assert "appartiendrait à deux secteurs" in clash.text
    assert 'value="Kennedy"' in clash.text  # what was typed is not lost
    whole = db.session.scalars(select(LigneVoie).where(LigneVoie.voie == "rue Bégon")).one()
    odd = {"voie": "rue Bégon", "secteur": "Bégon", "cote": "impair", "ligne": whole.id, "version": whole.version}
    assert ville.post("/registres/voies", data=odd).status_code == 302
    even = {"voie": "rue Bégon", "secteur": "Kennedy", "cote": "pair"}
    assert ville.post("/registres/voies", data=even).status_code == 302
    late = ville.post("/registres/voies", data=odd)
    assert late.status_code == 400
    assert "changée par quelqu&#39;un d&#39;autre" in late.text
    exported = ville.get("/registres/voies/voies.csv").text
    assert "rue Bégon;Bégon;;;impair;" in exported
    assert "rue Bégon;Kennedy;;;pair;" in exported
    numero = open_chantier(ville)
    assert ville.get(f"/registres/chantiers/{numero}").status_code == 200


def test_the_quartier_beside_the_register_warns(ville: FlaskClient) -> None:
    numero = open_chantier(ville)
    send(ville, numero, {"a.csv": liste(habitants(9)), "b.csv": liste(habitants(1, "place Lorjou", "Autre"))})
    url = f"/registres/chantiers/{numero}/quartier"
    assert "à saisir" in ville.get(url).text
    figures = {"source": "Insee", "annee": "2011"}
    told = ville.post(url, data={"secteur": "Bégon", "habitants": "beaucoup", **figures}, follow_redirects=True)
    assert "Cette valeur ne va pas" in told.text
    no_source = {"secteur": "Bégon", "habitants": "10", "annee": "2011"}
    assert "d&#39;où vient ce chiffre" in ville.post(url, data=no_source, follow_redirects=True).text
    for secteur in ("Bégon", "Kennedy"):
        ville.post(url, data={"secteur": secteur, "habitants": "1 000", **figures})
    page = ville.get(url).text
    assert page.count("écart de 40 points") == 2
    assert 'width="90.0"' in page
    assert report(ville, numero)["populations"][0]["source"] == "Insee"
