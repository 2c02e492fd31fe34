"""A real browser for the tests: one per worker process, a fresh page per test, no name but this machine's.

Any browser test takes `page` (360 x 740, a phone) or `new_page` (its own viewport, scheme…). Both fail
the test if the page logged a console error, threw, or asked anything of another host; a test that means
to cause an error clears `console_errors` once it has seen it.
"""

import json
import os
import shutil
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 740}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOCAL_SCHEMES = {"file", "data", "blob", "about"}
ARGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
# What the site sends: no inline script or style, nothing from elsewhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'"
)


def _executable() -> str | None:
    """The system's Chromium, or None for playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=_executable(), args=ARGS)
        yield launched
        launched.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What went wrong in the test's pages so far."""
    return []


def _guarded(browser: Browser, errors: list[str], options: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(**{"viewport": PHONE, "locale": "fr-FR", **options})

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in LOCAL_SCHEMES and url.hostname not in LOOPBACK:
            errors.append(f"request to another host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"console: {message.text}")

    context.on("request", on_request)
    context.on("console", on_console)
    context.on("weberror", lambda error: errors.append(f"exception: {error.error}"))
    return context


@pytest.fixture
def new_page(browser: Browser, console_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens guarded pages: `new_page(viewport=…, color_scheme="dark", …)`, as playwright's new_context."""
    contexts = []

    def open_page(**options: Any) -> Page:
        contexts.append(_guarded(browser, console_errors, options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not console_errors


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A phone's page."""
    return new_page()


class StaticSite(SimpleHTTPRequestHandler):
    """The repository's static files, and the pages and files that a test puts in `contents`."""

    contents: dict[str, tuple[str, bytes]]

    def do_GET(self) -> None:
        """A path of `contents`, or a file under /static/ (nothing else of the repository)."""
        path = urlsplit(self.path).path
        if path == "/favicon.ico":
            return self.send_response(204) or self.end_headers()
        if path not in self.contents:
            return super().do_GET() if path.startswith("/static/") else self.send_error(404)
        kind, body = self.contents[path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Silence: pytest's output is for failures."""


class Site:
    """A site on loopback: `url`, and `put(path, body)` to publish a page or a file on it."""

    def __init__(self, url: str, contents: dict[str, tuple[str, bytes]]) -> None:
        self.url = url
        self.contents = contents

    def put(self, path: str, body: bytes | str, kind: str = "application/octet-stream") -> None:
        if isinstance(body, str):
            body, kind = body.encode(), "text/html; charset=utf-8"
        self.contents[path] = (kind, body)


@pytest.fixture(scope="session")
def _served() -> Iterator[Site]:
    contents: dict[str, tuple[str, bytes]] = {}
    handler = type("Handler", (StaticSite,), {"contents": contents})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(ROOT)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", contents)
    server.shutdown()
    server.server_close()


@pytest.fixture
def static_site(_served: Site) -> Site:
    """The static files under the site's own security policy, with no page yet."""
    _served.contents.clear()
    return _served


class Core:
    """The verifier's bare functions in a page that holds nothing else; bytes go in as base64."""

    BYTES = "const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));"

    def __init__(self, page: Page) -> None:
        self.page = page

    def run(self, body: str, argument: Any) -> Any:
        """Evaluates the body of a function of `input`, with `bytes(base64)` at hand."""
        return self.page.evaluate(f"input => {{ {self.BYTES} {body} }}", argument)

    def sha256_all(self, messages: list[bytes]) -> list[str]:
        return self.run("return input.map(m => Verificateur.sha256(bytes(m)))", list(map(_b64, messages)))

    def verify(self, *files: str | bytes) -> dict[str, Any]:
        """The report on (registre, protocole, resultat)."""
        return self.run("return Verificateur.verifier(...input.map(bytes))", list(map(_b64, files)))

    def check_of(self, *files: str | bytes) -> str:
        """The refusing check's name, or "" where the draw verifies."""
        report = self.verify(*files)
        return "" if report["verifie"] else report["controle"]

    def checks_of(self, trios: list[tuple[bytes, ...]]) -> list[str]:
        """`check_of` for many at once."""
        body = "return input.map(files => Verificateur.verifier(...files.map(bytes)).controle || '')"
        return self.run(body, [list(map(_b64, files)) for files in trios])

    def draw(self, registre: str | bytes, protocole: str | bytes, dice: str) -> Any:
        """The result of these dice, or the name of the check that refuses."""
        body = """try { return JSON.stringify(Verificateur.tirer(bytes(input[0]), bytes(input[1]), input[2])) }
                  catch (refus) { if (refus.controle) return JSON.stringify(refus.controle); throw refus }"""
        return json.loads(self.run(body, [_b64(registre), _b64(protocole), dice]))

    def redraw(self, registre: str | bytes, protocole: str | bytes, dice: str) -> str:
        """A result that agrees with these files, so that only what a test changes can be refused."""
        drawn = self.draw(registre, protocole, dice)
        assert isinstance(drawn, dict), drawn
        return json.dumps(drawn, ensure_ascii=False)


def _b64(data: str | bytes) -> str:
    return b64encode(data.encode() if isinstance(data, str) else data).decode()


@pytest.fixture(scope="session")
def core(browser: Browser, _served: Site) -> Iterator[Core]:
    """The verifier without any page around it (stateless: one for all tests)."""
    errors: list[str] = []
    context = _guarded(browser, errors, {})
    page = context.new_page()
    _served.put("/noyau", '<!doctype html><script src="/static/verificateur/verificateur.js"></script>')
    page.goto(_served.url + "/noyau")
    yield Core(page)
    context.close()
    assert not errors
