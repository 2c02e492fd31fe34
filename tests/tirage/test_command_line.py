"""The command line is a contract: exit codes, standard output to the byte, messages (methode-tirage §6)."""

import json
import os
import pty
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tirage_reference import VECTORS, canonical, chances, residents, sha
from tirage_reference import draw as naive_draw

from tirage import write_identites, write_registre
from tirage.cli import main

ROOT = Path(__file__).parents[2]
VECTOR = VECTORS["tirages"][6]
DICE = VECTOR["des"]
ROWS = [(f"{i:03}", "" if i % 3 else f"f{i // 6}", "FM"[i % 2], ["Bégon", "Coty", "Été"][i % 5 % 3]) for i in range(90)]
Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files of a vector (R, P, S) and a register to make a protocol from."""
    (tmp_path / "R").write_bytes(VECTOR["registre"].encode())
    (tmp_path / "P").write_bytes(VECTOR["protocole"].encode())
    (tmp_path / "S").write_bytes(canonical(VECTOR["resultat"]))
    (tmp_path / "registre.csv").write_bytes(write_registre(["genre", "secteur"], ROWS))
    (tmp_path / "identites.csv").write_bytes(write_identites([(row[0], sha(row[0])) for row in ROWS]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command here; its exit code, standard output, standard error."""

    def run(command: str, **replaced: str) -> tuple[int, bytes, str]:
        code = main([replaced.get(word, word) for word in command.split()])
        out, err = capfdbinary.readouterr()
        return code, out, err.decode()

    return run


MAKE = "protocole --registre registre.csv --tirage essai --intitule TITRE --places 12 --parite genre"
DRAW = f"tirer --registre R --protocole P --des {DICE}"
VERIFY = "verifier --registre R --protocole P --resultat S"


def test_protocole_prints_the_canonical_bytes_and_nothing_else(run: Run) -> None:
    code, out, err = run(f"{MAKE} --proportionnel secteur", TITRE="Tirage d’été")
    protocol = json.loads(out)
    assert code == 0
    assert out == canonical(protocol)
    assert protocol["intitule"] == "Tirage d’été"
    assert (protocol["alternance"], protocol["foyer_unique"], protocol["repetition"]) == ("genre", True, False)
    assert protocol["criteres"] == ["genre", "secteur"]
    assert set(protocol["quotas"]) == {"genre", "secteur"}
    assert sha(out) in err
    assert "écart le plus grand" in err


def test_protocole_takes_every_option(run: Run, folder: Path) -> None:
    code, out, _ = run(
        f"{MAKE} --minimum secteur:Été=3 --minimum=secteur:Coty=2 --sans-foyer --repetition"
        " --identites identites.csv -o protocole.json",
    )
    assert (code, out) == (0, b"")
    protocol = json.loads((folder / "protocole.json").read_bytes())
    assert protocol["foyer_unique"] is False
    assert protocol["repetition"] is True
    assert protocol["identites_sha256"] == sha((folder / "identites.csv").read_bytes())
    assert protocol["quotas"]["secteur"] == {"Bégon": [0, 12], "Coty": [2, 12], "Été": [3, 12]}
    assert canonical(protocol) == (folder / "protocole.json").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == [
        *("P", "R", "S", "identites.csv", "protocole.json", "registre.csv"),
    ]


def test_protocole_needs_no_quota(run: Run) -> None:
    code, out, _ = run("protocole --registre registre.csv --tirage t --intitule T --places 5")
    assert code == 0
    assert (json.loads(out)["quotas"], json.loads(out)["alternance"]) == ({}, None)


def test_tirer_prints_the_result_and_a_final_lf(run: Run, folder: Path) -> None:
    expected = canonical(VECTOR["resultat"]) + b"\n"
    assert run(DRAW) == (0, expected, "")
    assert run(f"{DRAW} -o S2") == (0, b"", "")
    assert (folder / "S2").read_bytes() == expected
    assert run("verifier --registre R --protocole P --resultat S2")[0] == 0


def test_verifier_says_what_it_verified(run: Run) -> None:
    code, out, err = run(VERIFY)
    assert code == 0
    assert out.endswith(b"\n")
    assert out.count(b"\n") == 1
    homes = Counter(home for _, home, _ in residents(VECTOR["registre"]) if home)
    assert json.loads(out) == {
        "verifie": True,
        "tirage": "vecteur-7",
        "repetition": False,
        "protocole_sha256": VECTOR["protocole_sha256"],
        "places": 8,
        "chance_minimale": [16001, 200000],
        "borne": [1, 8],
        "plus_grand_foyer": max(homes.values()),
    }
    assert "1 sur 12,50" in err
    assert "1 sur 8,00" in err
    assert "RÉPÉTITION" not in err


def test_verifier_says_a_rehearsal_first(run: Run, folder: Path) -> None:
    protocol = json.loads(VECTOR["protocole"]) | {"repetition": True}
    (folder / "P").write_bytes(canonical(protocol))
    (folder / "S").write_bytes(canonical(naive_draw(VECTOR["registre"], protocol, DICE)))
    code, out, err = run(VERIFY)
    assert (code, json.loads(out)["repetition"]) == (0, True)
    assert err.startswith("RÉPÉTITION")


def test_a_bound_may_be_missing(run: Run, folder: Path) -> None:
    for vector in VECTORS["tirages"][7:]:
        (folder / "R").write_bytes(vector["registre"].encode())
        (folder / "P").write_bytes(vector["protocole"].encode())
        (folder / "S").write_bytes(canonical(vector["resultat"]))
        code, out, _ = run(VERIFY)
        assert (code, json.loads(out)["borne"]) == (0, None)


def test_chances(run: Run) -> None:
    code, out, err = run("chances --protocole P")
    assert (code, err) == (0, "")
    assert out.endswith(b"}\n")
    found = json.loads(out)
    exact = chances(json.loads(VECTOR["protocole"]))
    assert {kind: entry["chance"] for kind, entry in found.items()} == {
        kind: [chance.numerator, chance.denominator] for kind, chance in exact.items()
    }
    assert found["F|Croix Chevalier"] == {"residents": 8, "chance": [23999, 80000], "un_sur": "3.33"}
    assert "Bégon".encode() in out


def test_simuler(run: Run) -> None:
    code, out, err = run("simuler --registre R --protocole P --tirages 300")
    assert (code, err) == (0, "")
    report = json.loads(out)
    assert report["tirages"] == 300
    assert sum(entry["residents"] for entry in report["foyers"].values()) == 60
    assert out == run("simuler --registre R --protocole P --tirages 300")[1]


@pytest.mark.parametrize("vector", VECTORS["refus"], ids=lambda vector: vector["nom"])
def test_verification_that_fails_exits_1_with_the_check_first(run: Run, folder: Path, vector: dict[str, Any]) -> None:
    for name, field in (("R", "registre"), ("P", "protocole"), ("S", "resultat")):
        (folder / name).write_bytes(vector[field].encode())
    code, out, err = run(VERIFY)
    assert (code, out) == (1, b"")
    assert err.splitlines()[0] == vector["refus"]
    assert len(err.splitlines()) == 2


LATIN = "numero;foyer;genre\n1;;F\n2;;É\n".encode("cp1252")
CRLF = b"numero;foyer;genre\n1;;F\n2;;M\r\n"


@pytest.mark.parametrize(
    ("command", "written", "said"),
    [
        ("", {}, ["Commande inconnue", "protocole, tirer, verifier, chances, simuler"]),
        ("tirage", {}, ["Commande inconnue"]),
        ("tirer --registre R --protocole P", {}, ["--des"]),
        (f"{DRAW} --registre R", {}, ["--registre", "deux fois"]),
        (f"{DRAW} --resultat S", {}, ["Option inconnue", "--resultat"]),
        (f"{DRAW} extra", {}, ["extra"]),
        ("tirer --registre R --protocole P --des", {}, ["--des", "attend une valeur"]),
        ("tirer --reg R --protocole P --des 1", {}, ["--reg"]),
        ("tirer --registre X --protocole P --des 1", {}, ["X", "n'existe pas"]),
        ("tirer --registre . --protocole P --des 1", {}, [". :", "dossier"]),
        ("tirer --registre R --protocole P --des 12", {}, ["24 dés", "2"]),
        ("tirer --registre R --protocole P --des 0000482139075516240931７5", {}, ["chiffres 0 à 9"]),
        (DRAW, {"R": b"numero;foyer\n1;\n"}, ["R : ", "empreinte"]),
        (DRAW, {"P": b"{}"}, ["P : ", "methode"]),
        (DRAW, {"P": b'{"a":\n 1,}'}, ["P, ligne 2, colonne 4 : ", "JSON"]),
        (DRAW, {"P": b"\xef\xbb\xbf{}"}, ["P, ligne 1 : ", "marque d'ordre"]),
        (DRAW, {"P": b"\xff"}, ["P, ligne 1 : ", "UTF-8"]),
        ("verifier --registre R --protocole P --resultat X", {}, ["X", "n'existe pas"]),
        ("chances --protocole P", {"P": b"[]"}, ["P : ", "objet"]),
        ("chances --protocole P", {"P": VECTORS["refus"][9]["protocole"].encode()}, ["P : ", "table"]),
        ("simuler --registre R --protocole P --tirages 0", {}, ["--tirages", "« 0 »"]),
        ("simuler --registre R --protocole P --tirages 1e3", {}, ["--tirages", "« 1e3 »"]),
        (f"{MAKE} --registre R", {}, ["deux fois"]),
        (MAKE.replace("12", "douze"), {}, ["--places", "« douze »"]),
        (MAKE.replace("12", "91"), {}, ["91 places pour 90 habitants"]),
        (MAKE.replace("essai", "Essai!"), {}, ["« Essai! »"]),
        (f"{MAKE} --proportionnel age", {}, ["age", "genre, secteur"]),
        (f"{MAKE} --minimum secteur=3", {}, ["--minimum", "« secteur=3 »"]),
        (f"{MAKE} --minimum secteur:Lune=3", {}, ["« Lune »", "Bégon, Coty, Été"]),
        (f"{MAKE} --proportionnel secteur --minimum genre:F=7", {}, ["genre F : au moins 7", "genre F : exactement 6"]),
        (f"{MAKE} --identites R", {}, ["R, ligne 1 : ", "numero;empreinte"]),
        (f"{MAKE} --identites identites.csv", {"identites.csv": b"numero;empreinte\n"}, ["0 identités pour 90"]),
        (MAKE, {"registre.csv": LATIN}, ["registre.csv, ligne 3, colonne 4 : ", "UTF-8"]),
        (MAKE, {"registre.csv": CRLF}, ["registre.csv, ligne 3 : ", "Windows"]),
        (MAKE, {"registre.csv": CRLF.replace(b"\r", b"").replace(b"2", b"1")}, ["registre.csv, ligne 3 : ", "« 1 »"]),
        (MAKE, {"registre.csv": b""}, ["registre.csv, ligne 1 : "]),
    ],
)
def test_bad_input_exits_2_and_writes_nothing(
    run: Run, folder: Path, command: str, written: dict[str, bytes], said: list[str]
) -> None:
    for name, data in written.items():
        (folder / name).write_bytes(data)
    (folder / "sortie").write_bytes(b"avant")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    if command.startswith(("tirer", "protocole")):
        command += " -o sortie"
    code, out, err = run(command)
    assert (code, out) == (2, b"")
    assert "Traceback" not in err
    for words in said:
        assert words in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_output_replaces_a_file_whole_or_not_at_all(run: Run, folder: Path) -> None:
    expected = canonical(VECTOR["resultat"]) + b"\n"
    (folder / "sortie").write_bytes(b"x" * 10_000)
    (folder / "lien").symlink_to("sortie")
    assert run(f"{DRAW} -o lien")[0] == 0
    assert (folder / "sortie").read_bytes() == expected
    assert (folder / "lien").is_symlink()
    code, out, err = run(f"{DRAW} -o nulle-part/sortie")
    assert (code, out) == (2, b"")
    assert "nulle-part/sortie : ce fichier ne peut pas être écrit" in err
    assert run(f"{DRAW} -o .")[0] == 2
    assert run(f"{DRAW} -o /dev/null") == (0, b"", "")
    assert Path("/dev/null").is_char_device()


def test_an_internal_fault_never_says_that_a_list_is_false(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("panne")

    monkeypatch.setattr("tirage.cli.verify", break_down)
    code, out, err = run(VERIFY)
    assert (code, out) == (2, b"")
    assert "panne" in err


@pytest.mark.parametrize("word", ["-h", "--help", "--aide"])
def test_help(run: Run, word: str) -> None:
    code, out, err = run(word)
    assert (code, out) == (0, b"")
    assert "python -m tirage verifier" in err
    assert run(f"tirer {word}")[0] == 0


def process(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run in another process, with this environment alone."""
    return subprocess.run(
        [sys.executable, "-m", "tirage", *command.split()],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )


def test_the_same_bytes_come_out_of_any_process(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    command = f"{MAKE} --proportionnel secteur".replace("registre.csv", str(folder / "registre.csv"))
    worlds = [
        (folder, {"PYTHONHASHSEED": "0", "LC_ALL": "C", "PYTHONUTF8": "0"}),
        (elsewhere, {"PYTHONHASHSEED": "1", "LC_ALL": "fr_FR.UTF-8", "TZ": "Pacific/Auckland"}),
        (Path("/"), {"PYTHONHASHSEED": "4242", "PYTHONIOENCODING": "latin-1", "OMP_NUM_THREADS": "2"}),
    ]
    made = [process(where, command, **environment) for where, environment in worlds]
    assert [run.returncode for run in made] == [0, 0, 0]
    assert len({run.stdout for run in made}) == 1
    assert made[0].stdout == canonical(json.loads(made[0].stdout))
    drawn = [
        process(where, DRAW.replace(" R ", f" {folder}/R ").replace(" P ", f" {folder}/P "), **environment)
        for where, environment in worlds
    ]
    assert {run.stdout for run in drawn} == {canonical(VECTOR["resultat"]) + b"\n"}


def test_a_closed_output_is_an_error(folder: Path) -> None:
    with open(os.devnull, "rb") as unwritable:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-m", "tirage", *DRAW.split()],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT)},
            stdout=unwritable,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2


def test_progress_is_shown_on_a_terminal_only(folder: Path) -> None:
    assert process(folder, DRAW).stderr == b""
    reader, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "tirage", *["simuler", "--registre", "R", "--protocole", "P", "--tirages", "5"]],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=terminal,
        check=False,
    )
    os.close(terminal)
    shown = os.read(reader, 10_000)
    os.close(reader)
    assert (done.returncode, json.loads(done.stdout)["tirages"]) == (0, 5)
    assert shown
