"""`flask registre lire`, as a script would call it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from registre_lectures import VOIES, ligne, liste

from conseil.registre.cli import registre_cli

ROOT = Path(__file__).parents[2]
LISTES = ROOT / "conseil" / "demonstration" / "listes"
ATTENDU: dict[str, Any] = json.loads((ROOT / "tests" / "donnees" / "attendu.json").read_text("utf-8"))


def run(*args: object) -> Result:
    return CliRunner().invoke(registre_cli, ["lire", *map(str, args)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voies.csv").write_text(VOIES, "utf-8")
    (tmp_path / "a.csv").write_text(liste(ligne(), ligne("SOW", "Awa", "12/03/2020")), "utf-8")
    (tmp_path / "b.csv").write_text(liste(ligne("DUPPRÉ"), ligne("LY", "Tom", "")), "utf-8")
    return tmp_path


def options(folder: Path) -> list[object]:
    return ["--voies", folder / "voies.csv", "--date", "2026-11-02", "--rapport", folder / "rapport.json"]


def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "rapport.json").read_bytes())
    return found


def test_the_sample_lists(tmp_path: Path) -> None:
    files = [LISTES / name for name in ATTENDU["lignes"]]
    (tmp_path / "voies.csv").write_bytes((LISTES / "voies.csv").read_bytes())
    result = run(*files, *options(tmp_path), "--fusionner-meme-adresse")
    assert result.exit_code == 0, result.stderr
    found = report(tmp_path)
    assert found["effectifs"] == ATTENDU["effectifs"]
    assert found["eligibles"] == ATTENDU["eligibles"]
    assert {name: each["lignes"] for name, each in found["fichiers"].items()} == ATTENDU["lignes"]
    assert found["doublons"]["exacts"] + found["doublons"]["fusionnes"] == 3885
    assert "7529 éligibles" in result.stdout


def test_report_and_summary(folder: Path) -> None:
    result = run(folder / "a.csv", folder / "b.csv", *options(folder))
    assert result.exit_code == 0
    found = report(folder)
    assert set(found) >= {"fichiers", "motifs", "doublons", "eligibles", "effectifs"}
    assert found["doublons"] == {"exacts": 0, "fusionnes": 0, "a_confirmer": [["a.csv:2", "b.csv:2", "nom_lettre"]]}
    assert (found["motifs"]["mineurs"], found["motifs"]["sans_naissance"]) == (1, 1)
    for line in ("a.csv : 2 lignes, 2 personnes", "2 éligibles", "F|Bégon : 2", "1 à confirmer"):
        assert line in result.stdout
    for name in ("DUPR", "SOW", "Zoé"):
        assert name not in result.output


def test_options(folder: Path) -> None:
    files = folder / "a.csv", folder / "b.csv"
    run(*files, *options(folder), "--fusionner-meme-adresse")
    assert report(folder)["doublons"]["fusionnes"] == 1
    run(*files, *options(folder), "--age-minimum", 5)
    assert report(folder)["motifs"]["mineurs"] == 0
    run(*files, *options(folder), "--adultes", folder / "b.csv")
    assert report(folder)["motifs"]["sans_naissance"] == 0
    run(*files, *options(folder), "--adultes", "b.csv", "--adultes", "a.csv")
    assert report(folder)["motifs"]["sans_naissance"] == 0


@pytest.mark.parametrize("wrong", [["--date", "2/11/2026"], ["--adultes", "c.csv"], ["--age-minimum", "abc"]])
def test_wrong_options(folder: Path, wrong: list[str]) -> None:
    result = run(folder / "a.csv", *options(folder), *wrong)
    assert result.exit_code == 2
    assert not (folder / "rapport.json").exists()


def test_every_problem_of_every_file_on_stderr_and_nothing_written(folder: Path) -> None:
    (folder / "image.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "sans.csv").write_text("Nom;Prénom;Né le\nDUPRÉ;Zoé;12/03/1980\n", "utf-8")
    before = sorted(path.name for path in folder.iterdir())
    result = run(folder / "a.csv", folder / "image.xlsx", folder / "absent.csv", folder / "sans.csv", *options(folder))
    assert result.exit_code == 2
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert {line.split(" : ")[0].split(",")[0] for line in lines} == {"image.xlsx", "absent.csv", "sans.csv"}
    assert sorted(path.name for path in folder.iterdir()) == before


def test_wrong_streets(folder: Path) -> None:
    (folder / "voies.csv").write_text("rue Bégon;Bégon\n", "utf-8")
    (folder / "vide.csv").write_bytes(b"")
    result = run(folder / "vide.csv", *options(folder))
    assert result.exit_code == 2
    assert [line.split(" : ")[0] for line in result.stderr.splitlines()] == ["voies.csv", "vide.csv"]


def test_a_report_that_cannot_be_written(folder: Path) -> None:
    result = run(folder / "a.csv", *options(folder)[:-1], folder / "nulle" / "part.json")
    assert result.exit_code == 2
    assert "part.json" in result.stderr


def test_the_reading_needs_neither_flask_nor_a_database() -> None:
    code = (
        "import sys, conseil.registre.cli\n"
        "print([m for m in ('flask', 'sqlalchemy', 'flask_babel') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
