"""The offline verifier: one file opened from disk, with the three published files in any order."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fichiers_tirage import DICE, SIMPLE, VECTORS, trio
from playwright.sync_api import FilePayload, Page, expect

from conseil.tirages.verificateur import offline_html, offline_sha256

pytestmark = pytest.mark.navigateur

VECTOR = next(v for v in VECTORS["tirages"] if v["borne"])
NAMES = ("registre.csv", "protocole.json", "resultat.json")


def payload(name: str, text: str | bytes) -> FilePayload:
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def payloads(vector: dict[str, Any]) -> list[FilePayload]:
    result = vector["resultat"] if "refus" in vector else json.dumps(vector["resultat"])
    texts = (vector["registre"], vector["protocole"], result)
    return [payload(name, text) for name, text in zip(NAMES, texts, strict=True)]


def open_offline(page: Page, tmp_path: Path) -> Page:
    path = tmp_path / "verificateur.html"
    path.write_bytes(offline_html())
    page.goto(path.as_uri())
    return page


@pytest.fixture
def offline(page: Page, tmp_path: Path) -> Page:
    return open_offline(page, tmp_path)


def verify(page: Page) -> None:
    page.get_by_role("button", name="Vérifier sur cet appareil").click()


def test_it_is_one_file_that_reaches_nothing() -> None:
    html = offline_html().decode()
    assert offline_sha256() == hashlib.sha256(offline_html()).hexdigest()
    assert "@@" not in html
    assert re.findall(r"(?:src|href)=", html) == []
    assert re.findall(r"https?://", html) == []
    assert "\r" not in html


def test_same_list(offline: Page) -> None:
    offline.locator("#choisir-registre").set_input_files(payloads(VECTOR))
    expect(offline.get_by_role("status")).to_contain_text("Les trois fichiers sont là.")
    verify(offline)
    expect(offline.get_by_role("status")).to_have_text("Votre appareil a refait le tirage : même liste.")
    expect(offline.locator(".verif-controles [data-etat=ok]")).to_have_count(11)
    first = VECTOR["resultat"]["liste"][0]
    command = "|".join(["conseil-1", VECTOR["protocole_sha256"], VECTOR["des"], "ticket", first["numero"]])
    offline.get_by_text("Refaire un ticket à la main").click()
    expect(offline.get_by_text(f"printf '%s' '{command}' | sha256sum")).to_be_visible()
    expect(offline.locator("pre", has_text=first["ticket"])).to_be_visible()
    assert hashlib.sha256(command.encode()).hexdigest() == first["ticket"]


def test_every_vector_then_every_refusal(offline: Page) -> None:
    """One file for them all: nothing of a verification remains in the next."""
    for vector in VECTORS["tirages"]:
        offline.locator("#choisir-registre").set_input_files(payloads(vector))
        expect(offline.get_by_role("status"), vector["nom"]).to_contain_text("Les trois fichiers sont là.")
        verify(offline)
        expect(offline.get_by_role("status"), vector["nom"]).to_contain_text("même liste")
    for refusal in VECTORS["refus"]:
        offline.locator("#choisir-resultat").set_input_files(payloads(refusal))
        expect(offline.get_by_role("status"), refusal["nom"]).to_contain_text("Les trois fichiers sont là.")
        verify(offline)
        expect(offline.locator(".verif-pourquoi"), refusal["nom"]).to_contain_text(f"Contrôle : {refusal['refus']} (")
        expect(offline.get_by_text("même liste"), refusal["nom"]).to_have_count(0)


def test_one_by_one_each_in_the_wrong_picker(offline: Page) -> None:
    registre, protocole, resultat = payloads(VECTOR)
    verify(offline)
    expect(offline.get_by_role("status")).to_contain_text("Il manque encore : registre.csv, protocole.json")
    offline.locator("#choisir-protocole").set_input_files([registre])
    expect(offline.locator("#etat-registre")).to_contain_text("reçu : registre.csv")
    expect(offline.locator("#etat-protocole")).to_have_text("pas encore choisi")
    offline.locator("#choisir-resultat").set_input_files([protocole])
    offline.locator("#choisir-registre").set_input_files([{**resultat, "name": "sans-nom.txt"}])
    verify(offline)
    expect(offline.get_by_role("status")).to_contain_text("même liste")
    offline.get_by_role("button", name="Recommencer").click()
    expect(offline.locator("#etat-resultat")).to_have_text("pas encore choisi")


def test_dropped_together(offline: Page) -> None:
    files = [[f["name"], f["buffer"].decode()] for f in reversed(payloads(VECTOR))]
    transfer = offline.evaluate_handle(
        """files => { const transfer = new DataTransfer();
             files.forEach(([name, text]) => transfer.items.add(new File([text], name)));
             return transfer }""",
        files,
    )
    offline.dispatch_event("body", "drop", {"dataTransfer": transfer})
    expect(offline.get_by_role("status")).to_contain_text("Les trois fichiers sont là.")
    verify(offline)
    expect(offline.get_by_role("status")).to_contain_text("même liste")


def test_damaged_files_are_still_recognised(offline: Page) -> None:
    registre, protocole, resultat = payloads(VECTOR)
    registre["buffer"] = b"\xef\xbb\xbf" + registre["buffer"]
    protocole["buffer"] = protocole["buffer"][:-1]
    offline.locator("#choisir-registre").set_input_files([protocole, {**registre, "name": "a"}, resultat])
    expect(offline.get_by_role("status")).to_contain_text("Les trois fichiers sont là.")
    verify(offline)
    expect(offline.get_by_text("Contrôle : forme (")).to_be_visible()
    expect(offline.locator(".verif-raison")).to_contain_text("protocole.json, ligne 1, colonne")


def test_another_file_is_refused_by_name(offline: Page) -> None:
    files = [payload("photo.jpg", b"\xff\xd8\xff"), *payloads(VECTOR)]
    offline.locator("#choisir-registre").set_input_files(files)
    expect(offline.get_by_role("status")).to_contain_text("n’est aucun des trois attendus")
    expect(offline.get_by_role("status")).to_contain_text("photo.jpg")


def test_rehearsal_is_said_first(offline: Page, core: Any) -> None:
    registre, protocole = trio(SIMPLE, repetition=True)
    resultat = core.redraw(registre, protocole, DICE)
    texts = zip(NAMES, (registre, protocole, resultat), strict=True)
    offline.locator("#choisir-registre").set_input_files([payload(*pair) for pair in texts])
    verify(offline)
    expect(offline.get_by_role("status")).to_have_text(
        "RÉPÉTITION : ce tirage ne compte pas" + "Votre appareil a refait le tirage : même liste."
    )


def test_keyboard_alone(offline: Page) -> None:
    """Every control is reached by Tab, in reading order, and the button works with Enter."""
    offline.locator("#choisir-registre").set_input_files(payloads(VECTOR))
    reached = []
    for _ in range(6):
        offline.keyboard.press("Tab")
        reached.append(offline.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert reached == [
        *(f"choisir-{name.split('.')[0]}" for name in NAMES),
        "verifier",
        "recommencer",
        "SUMMARY",
    ]
    offline.locator("#verifier").focus()
    offline.keyboard.press("Enter")
    expect(offline.get_by_role("status")).to_contain_text("même liste")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(new_page: Any, tmp_path: Path, scheme: str) -> None:
    page = open_offline(new_page(color_scheme=scheme, bypass_csp=True), tmp_path)
    for files in (payloads(VECTOR), payloads(VECTORS["refus"][0])):
        page.locator("#choisir-registre").set_input_files(files)
        verify(page)
        expect(page.locator(".verif-verdict")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input")].filter(
             e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []
