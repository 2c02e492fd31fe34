"""The button on a draw's public page: what a visitor sees, does and keeps."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fichiers_tirage import DICE, SIMPLE, VECTORS, sha256, trio
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.navigateur

ROOT = Path(__file__).resolve().parents[2]
VECTOR = next(v for v in VECTORS["tirages"] if v["borne"])
PAGE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>
<link rel="stylesheet" href="{{ url_for('static', filename='conseil.css') }}">
{% import "verificateur/macros.html" as verificateur %}{{ verificateur.style() }}</head>
<body><main class="cadre"><h1>Un tirage</h1><h2>Vérifier</h2>
{{ verificateur.bouton("/registre.csv", "/protocole.json", "/resultat.json", empreinte) }}</main>
{{ verificateur.scripts() }}</body></html>"""


def publish(site: Any, registre: str, protocole: str, resultat: str, empreinte: str | None = None) -> str:
    """A public page with its three files, from the project's own template; returns its address."""
    templates = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
    templates.globals |= {"_": str, "url_for": lambda _, filename: f"/static/{filename}"}
    announced = sha256(protocole) if empreinte is None else empreinte
    site.put("/tirage", templates.from_string(PAGE).render(empreinte=announced))
    for path, text in (
        ("/registre.csv", registre),
        ("/protocole.json", protocole),
        ("/resultat.json", resultat),
    ):
        site.put(path, text.encode())
    return site.url + "/tirage"


def publish_vector(site: Any, **changes: str) -> str:
    files = {key: VECTOR[key] for key in ("registre", "protocole")}
    files["resultat"] = json.dumps(VECTOR["resultat"])
    return publish(site, **(files | changes))


def click(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Vérifier sur ce téléphone").click()


def test_same_list(page: Page, static_site: Any) -> None:
    click(page, publish_vector(static_site))
    expect(page.get_by_role("status")).to_have_text("Votre téléphone a refait le tirage : même liste.")
    steps = page.locator(".verif-controles li")
    expect(steps).to_have_count(12)  # the announced fingerprint, then the method's eleven
    assert all("(réussi)" in text for text in steps.all_inner_texts())
    drawn = page.get_by_role("table", name="La liste refaite par votre téléphone").locator("tbody tr")
    expected = [str(person["rang"]) + "\t" + person["numero"] for person in VECTOR["resultat"]["liste"]]
    assert [row.rsplit("\t", 2)[0] for row in drawn.all_inner_texts()] == expected
    expect(page.get_by_role("table", name="Les chances de chaque groupe")).to_contain_text("1 chance sur 12,50")
    expect(page.get_by_text("aucun tirage ne pourrait faire mieux que 1 sur 8.")).to_be_visible()
    expect(page.get_by_text("Le plus grand foyer compte 5 personnes.")).to_be_visible()
    expect(page.locator(".verif-empreinte")).to_have_text(VECTOR["protocole_sha256"])
    expect(page.get_by_text("RÉPÉTITION")).to_have_count(0)


def test_rehearsal_is_said_first(page: Page, static_site: Any, core: Any) -> None:
    sources = [{"fichier": "bailleur.csv", "sha256": "0" * 64, "lignes": 1234}]
    registre, protocole = trio(SIMPLE, repetition=True, sources=sources)
    click(page, publish(static_site, registre, protocole, core.redraw(registre, protocole, DICE)))
    expect(page.get_by_role("status")).to_have_text(
        "RÉPÉTITION : ce tirage ne compte pas" + "Votre téléphone a refait le tirage : même liste."
    )
    expect(page.locator(".verif-sources")).to_have_text(f"bailleur.csv : 1 234 lignes, empreinte{'0' * 64}")


def test_refusals_say_which_check_and_what_to_do(page: Page, static_site: Any) -> None:
    page.goto(publish_vector(static_site, empreinte=""))
    for refusal in VECTORS["refus"]:
        publish(static_site, refusal["registre"], refusal["protocole"], refusal["resultat"])
        page.get_by_role("button", disabled=False).click()
        expect(page.get_by_role("status"), refusal["nom"]).to_contain_text("Refusé.")
        told = page.locator(".verif-pourquoi")
        expect(page.get_by_role("button")).to_have_text("Vérifier de nouveau")
        expect(told, refusal["nom"]).to_contain_text(f"Contrôle : {refusal['refus']} (")
        expect(told).to_contain_text("Que faire ?")
        expect(page.get_by_text("même liste")).to_have_count(0)
        expect(page.locator(".verif-raison")).to_have_text(re.compile(r"^[^{}]+$"))
        expect(page.locator(".verif-raison")).not_to_contain_text("undefined")
        expect(page.locator(".verif-controles [data-etat=refus]")).to_have_count(1)


def test_another_fingerprint_than_announced(page: Page, static_site: Any) -> None:
    click(page, publish_vector(static_site, empreinte="0" * 64))
    expect(page.get_by_role("status")).to_contain_text("Le protocole n’est pas celui qui a été annoncé.")
    expect(page.get_by_text(f"Annoncée : {'0' * 64}. Trouvée : {VECTOR['protocole_sha256']}.")).to_be_visible()


def test_another_fingerprint_than_this_phone_kept(page: Page, static_site: Any) -> None:
    url = publish_vector(static_site)
    page.goto(url)
    tirage = json.loads(VECTOR["protocole"])["tirage"]
    assert page.evaluate("t => Verificateur.empreinteRetenue(t)", tirage) is None
    assert page.evaluate("t => Verificateur.retenirEmpreinte(t, 'f'.repeat(64))", tirage) is True
    assert page.evaluate("t => localStorage.getItem('conseil-citoyen:empreinte:' + t)", tirage) == "f" * 64
    assert page.evaluate("t => Verificateur.retenirEmpreinte(t, '0'.repeat(64))", tirage) is False
    click(page, url)
    expect(page.get_by_role("status")).to_contain_text("n’est pas celui que ce téléphone a confirmé et retenu")
    page.evaluate("t => localStorage.clear()", tirage)
    click(page, url)
    expect(page.get_by_role("status")).to_contain_text("même liste")


def test_without_storage_the_page_still_remembers(page: Page, static_site: Any) -> None:
    forbidden = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('non') } })"
    page.add_init_script(forbidden)
    page.goto(publish_vector(static_site))
    assert page.evaluate("Verificateur.retenirEmpreinte('x', 'aa')") is True
    assert page.evaluate("Verificateur.empreinteRetenue('x')") == "aa"
    assert page.evaluate("Verificateur.retenirEmpreinte('x', 'bb')") is False
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("même liste")


def test_lost_network_then_found(page: Page, static_site: Any, console_errors: list[str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.route("**/resultat.json", lambda route: route.abort("internetdisconnected"))
    click(page, publish_vector(static_site))
    expect(page.get_by_role("status")).to_contain_text("Le réseau a été perdu.")
    page.unroute("**/resultat.json")
    asked.clear()
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("status")).to_contain_text("même liste")
    assert [name for name in asked if name.endswith((".csv", ".json"))] == ["resultat.json"]
    console_errors.clear()


def test_missing_file_is_named(page: Page, static_site: Any, console_errors: list[str]) -> None:
    url = publish_vector(static_site)
    del static_site.contents["/registre.csv"]
    click(page, url)
    expect(page.get_by_role("status")).to_contain_text("Le site ne donne pas registre.csv (réponse 404).")
    console_errors.clear()


def test_without_a_worker_the_page_does_it(page: Page, static_site: Any, console_errors: list[str]) -> None:
    page.add_init_script("window.Worker = class { constructor() { throw new Error('bloqué') } }")
    click(page, publish_vector(static_site))
    expect(page.get_by_role("status")).to_contain_text("même liste")
    page.add_init_script("window.Worker = undefined")
    click(page, static_site.url + "/tirage")
    expect(page.get_by_role("status")).to_contain_text("même liste")
    console_errors.clear()


def test_a_worker_is_used_where_there_is_one(page: Page, static_site: Any) -> None:
    workers: list[str] = []
    page.on("worker", lambda worker: workers.append(worker.url))
    click(page, publish_vector(static_site))
    expect(page.get_by_role("status")).to_contain_text("même liste")
    assert workers == [static_site.url + "/static/verificateur/verificateur.js"]


def test_files_that_hold_markup_are_shown_as_text(page: Page, static_site: Any, core: Any) -> None:
    markup = "<img src=x onerror=alert(1)>"
    registre, protocole = trio(SIMPLE, intitule=markup)
    click(page, publish(static_site, registre, protocole, core.redraw(registre, protocole, DICE)))
    expect(page.get_by_role("heading", name=markup)).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)


def test_old_browser_is_told_so(page: Page, static_site: Any, console_errors: list[str]) -> None:
    page.add_init_script("delete window.BigInt")
    page.goto(publish_vector(static_site))
    expect(page.get_by_text("Ce navigateur est trop ancien pour refaire le tirage.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    console_errors.clear()


def test_without_javascript_the_page_says_so(new_page: Any, static_site: Any) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(publish_vector(static_site))
    expect(page.get_by_text("cette page a besoin de JavaScript")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_ceremony_phone_draws_before_any_result(page: Page, static_site: Any) -> None:
    """tirerEnFond gives the same result as tirer, and rejects with the check's name."""
    page.goto(publish_vector(static_site))
    draw = """async des => {
      const [registre, protocole] = await Promise.all(["/registre.csv", "/protocole.json"].map(
        async url => (await fetch(url)).arrayBuffer()));
      const steps = [];
      try {
        const drawn = await Verificateur.tirerEnFond(registre, protocole, des, s => steps.push(s.controle));
        return [drawn, [...new Set(steps)], Verificateur.lireProtocole(protocole)];
      } catch (refus) { return refus.controle }
    }"""
    drawn, steps, said = page.evaluate(draw, VECTOR["des"])
    assert drawn == VECTOR["resultat"]
    assert steps[:2] == ["forme", "empreinte-registre"]
    assert said["empreinte"] == VECTOR["protocole_sha256"]
    assert page.evaluate(draw, VECTOR["des"][1:]) == "des"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(new_page: Any, static_site: Any, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    click(page, publish_vector(static_site))
    expect(page.get_by_role("status")).to_contain_text("même liste")
    page.get_by_text("Refaire un ticket à la main").click()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_refusal_in_the_code_has_its_sentence(page: Page, static_site: Any) -> None:
    source = (ROOT / "static" / "verificateur" / "verificateur.js").read_text("utf-8")
    codes = {tuple(pair) for pair in re.findall(r'refuse\("([a-z_-]+)", "([a-z0-9-]+)"', source)}
    codes |= {("registre", code) for code in re.findall(r'this\.wrong\("([a-z0-9-]+)"', source)}
    codes |= {("forme", code) for code in re.findall(r'(?<!this\.)\bwrong\("([a-z0-9-]+)"', source)}
    codes |= {("foyer_exception", code) for code in re.findall(r'exception \? "([a-z-]+)" : "[a-z-]+"', source)}
    assert len(codes) > 40
    page.goto(publish_vector(static_site))
    say = "([controle, raison]) => Verificateur.phrases.raison({ controle, raison, details: {} })"
    assert [code for code in codes if not page.evaluate(say, list(code))] == []
