"""Copied alone into an empty folder, `tirage` verifies, draws and tells the odds on the standard library."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tirage_reference import VECTORS, canonical

import tirage

PACKAGE = Path(tirage.__file__).parent
VECTOR = VECTORS["tirages"][0]


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The package, the files of a draw, and nothing else: numpy and highspy raise if anyone imports them."""
    shutil.copytree(PACKAGE, tmp_path / "tirage", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("numpy", "highspy"):
        (tmp_path / f"{name}.py").write_text(f"raise ImportError('{name} is not wanted here')\n")
    (tmp_path / "R").write_bytes(VECTOR["registre"].encode())
    (tmp_path / "P").write_bytes(VECTOR["protocole"].encode())
    (tmp_path / "S").write_bytes(canonical(VECTOR["resultat"]))
    return tmp_path


def run(folder: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """With `-S`: no site-packages at all."""
    return subprocess.run(
        [sys.executable, "-S", "-W", "error", "-m", "tirage", *command.split()],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        "verifier --registre R --protocole P --resultat S",
        f"tirer --registre R --protocole P --des {VECTOR['des']}",
        "chances --protocole P",
    ],
)
def test_it_runs_alone(alone: Path, command: str) -> None:
    done = run(alone, command)
    assert (done.returncode, done.stdout != b"") == (0, True), done.stderr.decode()


def test_a_refusal_alone(alone: Path) -> None:
    (alone / "R").write_bytes(VECTOR["registre"].encode() + b"999;;F;Coty\n")
    done = run(alone, "verifier --registre R --protocole P --resultat S")
    assert (done.returncode, done.stderr.split()[0]) == (1, b"empreinte-registre")


@pytest.mark.parametrize(
    "command",
    [
        "protocole --registre R --tirage t --intitule T --places 3",
        "simuler --registre R --protocole P --tirages 3",
    ],
)
def test_what_needs_a_library_says_which(alone: Path, command: str) -> None:
    for name in ("numpy", "highspy"):
        (alone / f"{name}.py").unlink()
    done = run(alone, command)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "bibliothèque numpy" in done.stderr.decode() or "bibliothèque highspy" in done.stderr.decode()


def imports(path: Path) -> set[str]:
    """Top-level packages this file imports from outside."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).split(".")[0])
    return found


def test_nothing_else_is_imported() -> None:
    outside = {name for path in PACKAGE.glob("*.py") for name in imports(path)} - set(sys.stdlib_module_names)
    assert outside == {"numpy", "highspy"}
    assert not {"random", "secrets", "gettext"} & {name for path in PACKAGE.glob("*.py") for name in imports(path)}


def test_every_public_name_is_there() -> None:
    assert all(getattr(tirage, name) is not None for name in tirage.__all__)
    assert set(tirage.__all__) == set(tirage._HOME_OF)
    with pytest.raises(AttributeError):
        tirage.nothing  # noqa: B018
