"""The house's arrows (architecture.md): who may import whom. A wrong one fails here, named."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Lowest first: a room may import those before it, never those after.
ROOMS = ("comptes", "registre", "tirages", "membres", "seances")
LEVELS = {"tirage": 0, "conseil": 1, "fph": 2, "wsgi": 3}
FRAMEWORKS = ("flask", "flask_babel", "flask_login", "flask_wtf", "flask_sqlalchemy", "sqlalchemy", "wtforms")


def modules() -> list[Path]:
    folders = ("tirage", "conseil", "fph")
    return [*sorted(p for folder in folders for p in (ROOT / folder).rglob("*.py")), ROOT / "wsgi.py"]


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, also inside functions; `from a import b` gives a.b and a."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def room(parts: tuple[str, ...]) -> str | None:
    return parts[1] if len(parts) > 1 and parts[0] == "conseil" and (ROOT / "conseil" / parts[1]).is_dir() else None


def fault(path: Path, imported: str) -> str | None:
    """What is wrong with an import, None where nothing is."""
    own, target = path.relative_to(ROOT).with_suffix("").parts, tuple(imported.split("."))
    name = f"{'/'.join(own)} imports {imported}"
    if target[0] in LEVELS and LEVELS[target[0]] > LEVELS[own[0]]:
        return f"{name}: back along the arrow"
    mine, theirs = room(own), room(target)
    if mine in ROOMS and theirs in ROOMS and ROOMS.index(theirs) > ROOMS.index(mine):
        return f"{name}: a room imports one above it"
    if own[0] == "conseil" and mine is None and theirs in (*ROOMS, "accueil"):
        return f"{name}: the shared ground imports a room"
    if own[-1] == "rules" and (target[0] in FRAMEWORKS):
        return f"{name}: rules know nothing of the web or the database"
    if (own[-1] in ("rules", "services") or own[0] == "tirage") and "gettext" in imported:
        return f"{name}: words belong to the table of messages"
    if own[0] == "tirage" and target[0] in FRAMEWORKS:
        return f"{name}: tirage is a pure library"
    return None


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_follow_the_arrows(path: Path) -> None:
    assert [wrong for imported in imports(path) if (wrong := fault(path, imported))] == []


@pytest.mark.parametrize(
    ("file", "imported"),
    [
        ("tirage/draw.py", "conseil.config"),
        ("conseil/registre/views.py", "conseil.tirages.services"),
        ("conseil/journal.py", "conseil.comptes.models"),
        ("conseil/comptes/rules.py", "flask"),
        ("conseil/comptes/services.py", "flask_babel.gettext"),
        ("conseil/tirages/views.py", "fph.services"),
    ],
)
def test_a_wrong_arrow_is_seen(file: str, imported: str) -> None:
    assert fault(ROOT / file, imported)


def test_rooms_say_what_they_are_for() -> None:
    for folder in [ROOT / "tirage", *(p for p in (ROOT / "conseil").iterdir() if (p / "__init__.py").is_file())]:
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))), folder


def test_services_never_commit() -> None:
    for path in modules():
        if path.stem == "services":
            assert "commit(" not in path.read_text(encoding="utf-8"), path
