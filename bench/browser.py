"""How long a slow phone takes to verify a draw: the site's own scripts in Chromium, its processor slowed down.

`python -m bench.browser REGISTRE PROTOCOLE RESULTAT` prints JSON. Every measurement is on a fresh page, as for
someone who verifies once.
"""

import json
import os
import shutil
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from playwright.sync_api import Browser, Page, sync_playwright

from conseil.tirages.verificateur import offline_html

from .limits import ROOT

SLOWDOWNS = (1, 6)
TIMES = 5
_ARGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_PAGE = b'<!doctype html><script src="/static/verificateur/verificateur.js"></script>'
_CORE = """async () => {
  const get = name => fetch(name).then(answer => answer.arrayBuffer());
  const files = await Promise.all(["/registre", "/protocole", "/resultat"].map(get));
  const start = performance.now();
  const report = Verificateur.verifier(...files);
  return { ms: performance.now() - start, verifie: report.verifie };
}"""
_CLICK = """() => new Promise(resolve => {
  const start = performance.now();
  new MutationObserver(() => {
    if (document.body.hasAttribute("data-fini"))
      resolve({ ms: performance.now() - start, verifie: document.body.innerText.includes("même liste") });
  }).observe(document.body, { attributes: true });
  document.getElementById("verifier").click();
})"""


class _Site(SimpleHTTPRequestHandler):
    """The static files, a page that holds nothing but the verifier, and the three published files."""

    contents: ClassVar[dict[str, bytes]] = {}

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            return super().do_GET()
        body = self.contents.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html" if self.path == "/" else "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *_: object) -> None:
        """Silence."""


def measure(files: list[Path]) -> dict[str, Any]:
    """Milliseconds, median and longest, by slowdown: the verification alone, then the offline page's click."""
    names = ("/registre", "/protocole", "/resultat")
    _Site.contents = {"/": _PAGE, **{name: path.read_bytes() for name, path in zip(names, files, strict=True)}}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=_executable(), args=_ARGS)
        offline = Path(folder) / "verificateur.html"
        offline.write_bytes(offline_html())
        told: dict[str, Any] = {"navigateur": f"Chromium {browser.version}"}
        for slowdown in SLOWDOWNS:
            told[f"calcul x{slowdown}"] = _times(browser, slowdown, partial(_core, url))
            told[f"page x{slowdown}"] = _times(browser, slowdown, partial(_offline, offline, files))
        browser.close()
    server.shutdown()
    return told


def _executable() -> str | None:
    """The system's Chromium, or None for playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _core(url: str, page: Page) -> dict[str, Any]:
    page.goto(url)
    return page.evaluate(_CORE)


def _offline(html: Path, files: list[Path], page: Page) -> dict[str, Any]:
    page.goto(html.as_uri())
    page.locator("#choisir-registre").set_input_files(files)
    page.get_by_text("Les trois fichiers sont là").wait_for()
    return page.evaluate(_CLICK)


def _times(browser: Browser, slowdown: int, act: Any) -> dict[str, float]:
    found = []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        told = act(page)
        if not told["verifie"]:
            raise RuntimeError("the verifier refused the bench's own draw")
        found.append(told["ms"])
        context.close()
    return {"mediane": median(found), "max": max(found)}


if __name__ == "__main__":
    print(json.dumps(measure(list(map(Path, sys.argv[1:4])))))
