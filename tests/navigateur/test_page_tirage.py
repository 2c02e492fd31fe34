"""The public page of a draw in a real browser: a stranger redoes the draw, on a phone, with nothing else."""

import threading
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from conseil.comptes.chapter import DEMO_PASSWORD
from conseil.tirages.chapter import IDENTIFIANT

pytestmark = pytest.mark.navigateur
PAGES = ["/", "/connexion", "/tirages", f"/tirages/{IDENTIFIANT}", "/nulle-part"]


@pytest.fixture(scope="module")
def site(demo_app: Flask) -> Iterator[str]:
    """The demonstration, served on this machine."""
    server = make_server("127.0.0.1", 0, demo_app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_a_phone_redoes_the_draw(site: str, page: Page) -> None:
    page.goto(f"{site}/tirages")
    page.get_by_role("link", name="Tirage des habitants").click()
    published = page.locator("main > .tableau").first.locator("tbody tr td:nth-child(2)").all_inner_texts()
    page.get_by_role("button", name="Vérifier sur ce téléphone").click()
    expect(page.get_by_text("Votre téléphone a refait le tirage", exact=False).first).to_be_visible(timeout=20000)
    redone = page.locator("[data-verificateur]").inner_text()
    assert len(published) == 32
    assert all(numero in redone for numero in published)


def test_a_changed_list_is_seen(site: str, page: Page) -> None:
    """The site itself lies: the file it serves is not the list of the dice."""

    def lie(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        body = answer.text().replace('"rang":2,', '"rang":3,', 1)
        route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]

    page.route("**/resultat.json", lie)
    page.goto(f"{site}/tirages/{IDENTIFIANT}")
    page.get_by_role("button", name="Vérifier sur ce téléphone").click()
    expect(page.locator('[data-verificateur][data-etat="refus"]')).to_be_visible(timeout=20000)


def test_without_javascript_the_page_says_what_to_do(site: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}/tirages/{IDENTIFIANT}")
    expect(page.get_by_text("cette page a besoin de JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Vérifier sur ce téléphone")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tout en une fois").click()
    assert download.value.suggested_filename == f"{IDENTIFIANT}-archive.zip"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_pages_are_accessible_and_fit(
    site: str, new_page: Callable[..., Page], console_errors: list[str], path: str, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    if path == "/nulle-part":
        console_errors.clear()


def test_the_sealed_list_opens_for_ville_alone(site: str, page: Page) -> None:
    page.goto(f"{site}/tirages/{IDENTIFIANT}")
    expect(page.get_by_role("button", name="Ouvrir la liste des noms")).to_have_count(0)
    page.goto(f"{site}/connexion")
    page.get_by_label("Adresse électronique").fill("ville@demo.example")
    page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
    page.goto(f"{site}/tirages/{IDENTIFIANT}")
    page.get_by_role("button", name="Ouvrir la liste des noms").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(32)
