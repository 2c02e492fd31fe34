"""Journey 1 in a real browser, on a phone and on a laptop, with and without JavaScript."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from conseil.access import Role
from conseil.database import db
from conseil.registre import calculs
from tests.conftest import PASSWORD, make_account, settings
from tests.conseil.registre_outils import ECHANTILLON, LISTES, habitants, liste
from wsgi import create_app

pytestmark = pytest.mark.navigateur
expect.set_options(timeout=20_000)  # other tests share the machine
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def site(sqlite_model: Path, tmp_path: Path) -> Iterator[str]:
    """The site as it is served (CSRF on, readings in their own thread), with one clerk; its address."""
    path = tmp_path / "site.sqlite"
    path.write_bytes(sqlite_model.read_bytes())
    app: Flask = create_app(settings(f"sqlite:///{path}", CONSEIL_MODE="demonstration", WTF_CSRF_ENABLED=True))
    calculs.forget()
    with app.app_context():
        make_account(Role.VILLE, "ville@essai.example")
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    for reading in threading.enumerate():
        if reading.name.startswith("lecture-"):
            reading.join()
    with app.app_context():
        db.engine.dispose()


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, page.url


def enter(page: Page, site: str) -> None:
    page.goto(f"{site}/connexion")
    page.get_by_label("Adresse électronique").fill("ville@essai.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def import_streets(page: Page, site: str) -> None:
    page.goto(f"{site}/registres/voies")
    page.get_by_label("Un fichier « voies.csv »").set_input_files(LISTES / "voies.csv")
    page.get_by_role("button", name="Importer").click()
    expect(page.get_by_role("status")).to_contain_text("lignes de voies")
    fits(page)


def open_register(page: Page, site: str) -> str:
    page.goto(f"{site}/registres")
    page.get_by_role("link", name="Préparer un registre").click()
    page.get_by_label("Titre").fill("Registre 2026")
    page.get_by_label("Jour du tirage").fill("2026-11-02")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Registre 2026")).to_be_visible()
    fits(page)
    return page.url


def wait_read(page: Page) -> None:
    """Until the reading is over: the page comes back by itself, with or without JavaScript."""
    expect(page.locator("h1:not(.attente)")).to_be_visible(timeout=60_000)


def explain_all(page: Page, url: str) -> None:
    """A reason for each thin group and each open point."""
    page.goto(f"{url}/groupes")
    wait_read(page)
    while page.get_by_text("Il faut une note").count():
        block = page.locator("section", has_text="Il faut une note").first
        block.get_by_label("Pourquoi ce groupe reste").fill("Leur civilité n'est pas connue.")
        block.get_by_role("button", name="Écrire cette raison").click()
    page.goto(f"{url}/figer")
    fits(page)
    while (still := page.locator("li.ouvert", has_text="Le laisser ainsi")).count():
        still.first.locator("summary").click()
        still.first.get_by_label("À faire, parce que").fill("Vu avec les bailleurs.")
        still.first.get_by_role("button", name="Écrire cette raison").click()


@pytest.mark.parametrize(
    ("viewport", "script"),
    [(LAPTOP, True), (PHONE, True), (PHONE, False)],
    ids=["laptop", "phone", "phone-no-js"],
)
def test_from_the_lists_to_the_frozen_register(
    site: str, new_page: Callable[..., Page], viewport: dict[str, int], script: bool
) -> None:
    page = new_page(viewport=viewport, java_script_enabled=script)
    enter(page, site)
    import_streets(page, site)
    url = open_register(page, site)
    page.get_by_label("Déposer les listes").set_input_files([LISTES / name for name in ECHANTILLON])
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.locator(".grand")).to_contain_text(re.compile(r"7.748"), timeout=60_000)
    fits(page)

    page.get_by_role("link", name="Les ressemblances").click()
    expect(page.get_by_text("0 sur 239").first).to_be_visible()
    fits(page)
    if script:
        for key, then in (("m", "1 sur 239"), ("d", "2 sur 239"), ("a", "1 sur 239")):
            expect(page.get_by_text("Au clavier")).to_be_visible()  # the script is there
            page.keyboard.press(key)
            expect(page.get_by_text(then).first).to_be_visible()
    else:
        page.get_by_role("button", name="Même personne").click()
        page.get_by_role("button", name="Deux personnes").click()
        page.get_by_role("button", name="Annuler ma dernière réponse").click()
    expect(page.get_by_text("1 sur 239").first).to_be_visible()
    page.get_by_role("button", name="réunir les 238").click()
    expect(page.get_by_text("Toutes les ressemblances ont leur réponse")).to_be_visible()

    explain_all(page, url)
    expect(page.get_by_text(re.compile(r"7.529 habitants éligibles"))).to_be_visible()
    page.get_by_label("J'ai relu cette page").check()
    page.get_by_role("button", name="Figer le registre").click()
    expect(page.get_by_role("heading", name="Les empreintes")).to_be_visible()
    expect(page.locator("code.empreinte").first).to_have_text(re.compile(r"([0-9a-f]{4} ?){16}"))
    fits(page)


def test_every_page_fits_a_phone_and_a_laptop(site: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    """Long names, an unread file, a tower, unknown streets: every page, at both widths, without an error."""
    rows = [f"Mme;Tour{chr(97 + n) * 3};Ada{chr(97 + n)};01/02/19{50 + n};7 rue Bégon;;41000;Blois" for n in range(14)]
    rows = [row.replace(row.split(";")[1], "Tourneville") for row in rows]
    long_name = "Nom" + "interminable" * 6
    rows += [f";{long_name};Ada;;9 rue Bégon;;41000;Blois", f";{long_name};Eva;01/02/1980;9 rue Bégon;;41000;Blois"]
    rows += ["Mme;Perdue;Ada;01/02/1980;3 rue Begonn;;41000;Blois"]
    paths = []
    for name, data in {
        "une-liste-au-nom-vraiment-tres-long-pour-un-telephone-de-trois-cent-soixante-pixels.csv": liste(rows),
        "b.csv": liste([r.replace("Mme;Nom", "Mme;Nomm") for r in habitants(2)]),
        "c.csv": liste(habitants(2)),
        "perdu.csv": b"Machin;Truc\nx;y\n",
    }.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    page = new_page(viewport=LAPTOP)
    enter(page, site)
    import_streets(page, site)
    url = open_register(page, site)
    page.get_by_label("Déposer les listes").set_input_files(paths)
    expect(page.get_by_text("perdu.csv (1 Ko)")).to_be_visible()
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_text("Cette liste n'est pas lue")).to_be_visible(timeout=60_000)
    pages = ("", "/reglage", "/colonnes?liste=1", "/colonnes?liste=4", "/compte", "/compte/lignes?place=gardes")
    pages += ("/chercher?nom=ada", "/doublons", "/doublons/reponses", "/completer", "/completer?champ=naissance")
    pages += ("/completer?champ=secteur", "/voies-inconnues", "/foyers", "/groupes", "/quartier", "/rapport", "/figer")
    for address in [*(url + path for path in pages), f"{site}/registres/voies", f"{site}/registres/oppositions"]:
        page.goto(address)
        wait_read(page)
        for viewport in (LAPTOP, PHONE):
            page.set_viewport_size(viewport)
            fits(page)
