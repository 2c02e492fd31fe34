"""Journey 2 in a real browser: one laptop, one projector, three phones at once, on a real server."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

import tirage as method
from conseil.access import Role
from conseil.comptes import services as comptes
from conseil.database import db
from conseil.registre.models import Registre
from conseil.tirages import ceremonie, drafts, endings
from conseil.tirages.state import opened
from tests.conftest import PASSWORD, settings
from tests.conseil.salle import DICE, finish, gather, make_compte, make_draw, make_witnesses, roll
from wsgi import create_app

pytestmark = pytest.mark.navigateur
LAPTOP, PROJECTOR = {"width": 1280, "height": 800}, {"width": 1280, "height": 720}
SAME = "Votre téléphone a refait le tirage : même liste."
WAIT = 20_000  # ms, generous: the machine may be busy; nothing here measures time
NewPage = Callable[..., Page]


@dataclass
class House:
    """The site on this machine's own address, with a frozen draw and its people."""

    url: str
    app: Flask

    def open(self, page: Page, path: str) -> Page:
        page.goto(self.url + path)
        return page

    def sign_in(self, page: Page, who: str, path: str) -> Page:
        """As after a scan: the page asks to sign in first, then comes back."""
        page.goto(self.url + path)
        page.get_by_label("Adresse").first.fill(f"{who}@essai.example")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.locator("form.formulaire button").click()
        page.wait_for_url(f"**{path}")
        return page


@pytest.fixture
def house(sqlite_model: Path, tmp_path: Path) -> Iterator[House]:
    path = tmp_path / "salle.sqlite"
    shutil.copy(sqlite_model, path)
    app = create_app(settings(f"sqlite:///{path}", CONSEIL_MODE="demonstration", WTF_CSRF_ENABLED=True))
    with app.app_context():
        make_draw()
        make_compte(Role.VILLE)
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield House(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=False).first.click()


def test_the_whole_ceremony(house: House, new_page: NewPage, console_errors: list[str]) -> None:
    with house.app.app_context():
        make_witnesses()
        db.session.remove()
    laptop = house.sign_in(new_page(viewport=LAPTOP), "ville", "/tirages/essai/conduite")
    projector = house.open(new_page(viewport=PROJECTOR), "/tirages/essai/projection")
    expect(projector.locator(".etape")).to_have_text("La cérémonie n'est pas ouverte")
    press(laptop, "Ouvrir la cérémonie")
    expect(projector.locator(".etape")).to_have_text("Les témoins arrivent", timeout=WAIT)

    phones = [
        house.sign_in(new_page(), who, "/tirages/essai/temoin") for who in ("majorite", "opposition", "prefecture")
    ]
    for phone in phones:
        press(phone, "Oui, je suis là")
    expect(projector.locator(".etape")).to_have_text("On compare l'empreinte", timeout=WAIT)
    shown = "".join(projector.locator(".empreinte span").all_inner_texts())
    for phone in phones:
        expect(phone.locator("[data-calcul]")).to_be_visible(timeout=WAIT)
        assert "".join(phone.locator(".empreinte-groupes span").all_inner_texts()) == shown
        press(phone, "C'est la même, je confirme")
        expect(phone.get_by_text("Votre téléphone la garde.")).to_be_visible(timeout=WAIT)
        kept = phone.evaluate("Verificateur.empreinteRetenue('essai')")
        assert kept == shown

    expect(laptop.get_by_role("button", name="Fixer les gobelets")).to_be_visible(timeout=WAIT)
    press(laptop, "Fixer les gobelets")
    press(laptop, "Les gobelets sont levés")
    expect(projector.locator(".case")).to_have_count(24, timeout=WAIT)

    expect(laptop.locator("[data-chiffres]")).to_be_visible(timeout=WAIT)
    for position in range(10):
        laptop.keyboard.press(DICE[position])
    expect(laptop.locator(".grille-des li")).to_have_count(10, timeout=WAIT)
    expect(projector.locator(".case.suivant")).to_have_count(1)
    laptop.reload()
    phones[2].context.set_offline(True)
    laptop.keyboard.type(DICE[10:24])
    expect(laptop.get_by_role("button", name="Les dés ont été relus")).to_be_visible(timeout=WAIT)
    expect(phones[2].locator("[data-reseau]")).to_contain_text("Réseau perdu", timeout=WAIT)
    press(laptop, "Les dés ont été relus")
    for phone in phones[:2]:
        expect(phone.get_by_role("button", name="Ce sont ces dés")).to_be_visible(timeout=WAIT)
        press(phone, "Ce sont ces dés")
    for phone in phones[:2]:
        expect(phone.locator("[data-refaire]")).to_have_text(SAME, timeout=WAIT, use_inner_text=True)
    # Two witnesses were enough; the third comes back, sees the same, and confirms late.
    console_errors[:] = [error for error in console_errors if "ERR_INTERNET_DISCONNECTED" not in error]
    phones[2].context.set_offline(False)
    expect(phones[2].locator("[data-refaire]")).to_have_text(SAME, timeout=WAIT, use_inner_text=True)
    expect(phones[2].locator("[data-reseau]")).to_be_hidden(timeout=WAIT)
    console_errors[:] = [error for error in console_errors if "ERR_INTERNET_DISCONNECTED" not in error]

    with house.app.app_context():
        draw = opened("essai").tirage
        numbers = [place.numero for place in method.parse_resultat(draw.resultat or b"").liste]
        assert draw.des == DICE[:24]
        db.session.remove()
    for rank, number in enumerate(numbers, start=1):
        press(laptop, "Suivant")
        last = projector.locator(".numeros li").nth(rank - 1)
        expect(last).to_contain_text(number, timeout=WAIT)
        if rank < len(numbers):
            expect(projector.locator(".numero")).to_have_text(number)
    expect(projector.locator(".etape")).to_have_text("Le tirage est fait", timeout=WAIT)
    expect(laptop.get_by_role("link", name="Procès-verbal").first).to_be_visible()


def test_the_projector_alone_is_driven_from_its_keyboard(house: House, new_page: NewPage) -> None:
    with house.app.app_context():
        witnesses = [w.id for w in gather()]
        db.session.remove()
    projector = house.sign_in(new_page(viewport=PROJECTOR), "ville", "/tirages/essai/conduite")
    house.open(projector, "/tirages/essai/projection")
    expect(projector.locator("[data-touches]")).to_be_visible()
    projector.keyboard.type(DICE[:24])
    expect(projector.locator(".etape")).to_have_text("On relit les dés", timeout=WAIT)
    projector.keyboard.press("Space")
    expect(projector.locator(".etape")).to_have_text("Les témoins confirment les dés", timeout=WAIT)
    with house.app.app_context():
        for witness in witnesses[:2]:
            ceremonie.confirm_dice("essai", witness, DICE[:24])
        db.session.commit()
        db.session.remove()
    expect(projector.locator(".etape")).to_have_text("Les numéros tirés", timeout=WAIT)
    for rank in range(1, 9):
        projector.keyboard.press("ArrowRight")
        expect(projector.locator(".numeros li")).to_have_count(rank, timeout=WAIT)
    expect(projector.locator(".etape")).to_have_text("Le tirage est fait")


def test_a_phone_that_kept_another_fingerprint_refuses_loudly(house: House, new_page: NewPage) -> None:
    with house.app.app_context():
        make_witnesses()
        ceremonie.open_room("essai")
        db.session.commit()
        db.session.remove()
    phone = house.sign_in(new_page(), "majorite", "/tirages/essai/temoin")
    phone.evaluate("Verificateur.retenirEmpreinte('essai', '" + "0" * 64 + "')")
    press(phone, "Oui, je suis là")
    expect(phone.locator("[data-refaire]")).to_contain_text("REFUSÉ", timeout=WAIT)
    expect(phone.get_by_role("button", name="C'est la même")).to_be_hidden()


def test_anyone_in_the_room_keeps_the_fingerprint_and_redoes_the_draw(house: House, new_page: NewPage) -> None:
    phone = house.open(new_page(), "/tirages/essai/salle")
    press(phone, "Garder cette empreinte")
    expect(phone.locator("[data-gardee]")).to_be_visible()
    with house.app.app_context():
        finish()
        db.session.remove()
    expect(phone.locator("[data-refaire]")).to_have_text(SAME, timeout=WAIT, use_inner_text=True)
    phone.reload()
    expect(phone.locator("[data-refaire]")).to_have_text(SAME, timeout=WAIT, use_inner_text=True)


def test_a_result_changed_on_the_way_is_refused_by_the_phone(house: House, new_page: NewPage) -> None:
    with house.app.app_context():
        honest = finish().resultat or b""
        db.session.remove()
    first, second = (place.numero.encode() for place in method.parse_resultat(honest).liste[:2])
    swapped = honest.replace(first, b"@@@").replace(second, first).replace(b"@@@", second)
    assert swapped != honest
    phone = new_page()
    phone.route("**/resultat.json", lambda route: route.fulfill(body=swapped, content_type="application/json"))
    house.open(phone, "/tirages/essai/salle")
    expect(phone.locator("[data-refaire]")).to_contain_text("REFUSÉ", timeout=WAIT)
    expect(phone.locator("[data-refaire]")).not_to_contain_text("même liste")


def test_without_javascript_a_witness_can_do_everything(house: House, new_page: NewPage) -> None:
    with house.app.app_context():
        make_witnesses()
        ceremonie.open_room("essai")
        db.session.commit()
        db.session.remove()
    phone = house.sign_in(new_page(java_script_enabled=False), "majorite", "/tirages/essai/temoin")
    press(phone, "Oui, je suis là")
    expect(phone.get_by_text("Vous êtes noté présent")).to_be_visible()
    press(phone, "C'est la même, je confirme")
    expect(phone.get_by_text("Vous l'avez confirmée.")).to_be_visible()
    with house.app.app_context():
        assert opened("essai").temoins[0].empreinte_le is not None
        db.session.remove()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is; the demonstration's banner belongs to the frame of every page."""
    found = Axe().run(page).response["violations"]
    nodes = [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]
    return nodes


def test_axe_finds_nothing_at_any_step(house: House, new_page: NewPage) -> None:
    with house.app.app_context():
        registre = db.session.scalars(select(Registre)).one()
        drafts.start(registre.id, "Un brouillon", repetition=True)
        make_witnesses()
        db.session.commit()
        db.session.remove()
    clerk, phone, projector = new_page(viewport=LAPTOP), new_page(), new_page(viewport=PROJECTOR)
    house.sign_in(clerk, "ville", "/tirages/preparer")
    assert faults(clerk) == []
    assert faults(house.open(clerk, "/tirages/preparer/1")) == []
    house.sign_in(phone, "majorite", "/tirages/essai/temoin")
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: ceremonie.open_room("essai"),
        lambda: ceremonie.arrive("essai", comptes.find("majorite@essai.example")),
        lambda: ceremonie.write_in("essai", "elu_opposition", "Paule Bertin"),
    ]
    pages = ((clerk, "conduite"), (phone, "temoin"), (projector, "projection"), (phone, "salle"))
    for step in steps:
        with house.app.app_context():
            step()
            db.session.commit()
            db.session.remove()
        for page, path in pages:
            assert faults(house.open(page, f"/tirages/essai/{path}")) == [], path


def test_axe_finds_nothing_on_the_dice_and_the_result(house: House, new_page: NewPage) -> None:
    clerk, phone, projector = new_page(viewport=LAPTOP), new_page(), new_page(viewport=PROJECTOR)
    house.sign_in(clerk, "ville", "/tirages/essai/conduite")
    pages = ((clerk, "conduite"), (projector, "projection"), (phone, "salle"), (phone, ""))
    steps: list[Callable[[], object]] = [
        gather,
        lambda: roll(until=7),
        lambda: endings.propose_cancellation("essai", "Un doute"),
        lambda: finish_from(roll()),
        lambda: ceremonie.reveal("essai", 3),
        lambda: ceremonie.reveal("essai", 8),
    ]
    for step in steps:
        with house.app.app_context():
            step()
            db.session.commit()
            db.session.remove()
        for page, path in pages:
            assert faults(house.open(page, f"/tirages/essai/{path}".rstrip("/"))) == [], path


def finish_from(digits: str) -> None:
    """Read back, and confirmed by everyone."""
    ceremonie.read_back("essai", digits)
    for witness in opened("essai").temoins:
        ceremonie.confirm_dice("essai", witness.id, digits)
