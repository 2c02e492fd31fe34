"""The offline verifier: one HTML file with everything inside, for witnesses to keep before the day.

Built from the very files that the site serves, so that both verify with the same text
(methode-tirage §5). Its SHA-256 is printed on the procès-verbal: the same sources always give the
same bytes, whatever line endings a checkout has put in them.
"""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_STATIC = _ROOT / "static" / "verificateur"
_TEMPLATE = _ROOT / "templates" / "verificateur" / "hors-ligne.html"
_SCRIPTS = ("verificateur.js", "phrases.js", "vue.js", "hors-ligne.js")
_STYLES = ("verificateur.css", "hors-ligne.css")


@cache
def offline_html() -> bytes:
    """The self-contained page, as UTF-8 bytes with LF line ends.

    Raises `OSError` if a source is missing, `ValueError` if one would close its own element.
    """
    script, style = _inline(_SCRIPTS, "</script"), _inline(_STYLES, "</style")
    page = _read(_TEMPLATE)
    for mark, text in (("@@CSP@@", _policy(script, style)), ("@@STYLE@@", style), ("@@SCRIPT@@", script)):
        page = page.replace(mark, text)
    return page.encode()


def offline_sha256() -> str:
    """The page's SHA-256, 64 lower-case hex digits: what the procès-verbal prints."""
    return hashlib.sha256(offline_html()).hexdigest()


def _read(path: Path) -> str:
    """A source with LF line ends: the fingerprint must not depend on the checkout."""
    return path.read_bytes().decode().replace("\r\n", "\n")


def _inline(names: tuple[str, ...], closing: str) -> str:
    text = "\n" + "\n".join(_read(_STATIC / name) for name in names)
    if closing in text.lower():
        raise ValueError(f"{names}: {closing!r}")
    return text


def _policy(script: str, style: str) -> str:
    """Nothing may be loaded, sent or run but this very script and this very style."""
    rules = (
        "default-src 'none'",
        f"script-src '{_source_hash(script)}'",
        f"style-src '{_source_hash(style)}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _source_hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
