"""`flask registre lire`: lists in, report out, without a database.

Prints a short summary on stdout, everything else on stderr. Exit 0: read; 2: something cannot be read, every
problem of every file named, nothing written.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from .errors import Probleme, RegistreError
from .fichiers import Fichier
from .lecture import Lecture, read_listes
from .messages import MOTIFS, sentence, sentences
from .rules import AGE_MINIMUM
from .voies import Voies, read_voies

registre_cli = click.Group("registre", help="Lire les listes d'habitants.")

_SHOWN = 30


@registre_cli.command("lire")
@click.argument("fichiers", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--voies", "voies", required=True, type=click.Path(path_type=Path), help="Liste voie;secteur.")
@click.option("--date", "date", required=True, help="Jour du tirage, AAAA-MM-JJ.")
@click.option("--age-minimum", type=click.IntRange(0, 120), default=AGE_MINIMUM, show_default=True)
@click.option("--fusionner-meme-adresse", is_flag=True, help="Fusionner les doublons proches de même adresse.")
@click.option("--adultes", multiple=True, metavar="FICHIER", help="Liste d'adultes seulement (répétable).")
@click.option("--rapport", type=click.Path(path_type=Path, dir_okay=False), help="Écrire le rapport JSON ici.")
def lire(
    fichiers: Sequence[Path],
    voies: Path,
    date: str,
    age_minimum: int,
    fusionner_meme_adresse: bool,
    adultes: Sequence[str],
    rapport: Path | None,
) -> None:
    """Lire des listes (CSV, TXT, XLSX, XLS, ODS) et dire qui est gardé, fusionné, écarté."""
    day = _day(date)
    try:
        streets, lists, problemes = _open_all(voies, fichiers, adultes)
        lecture = _read(lists, streets, day, age_minimum, fusionner_meme_adresse, problemes)
        if rapport:
            _write(rapport, lecture)
    except RegistreError as error:
        for line in sentences(error):
            click.echo(line, err=True)
        raise SystemExit(2) from None
    for line in _summary(lecture):
        click.echo(line)
    for avis in lecture.avis:
        click.echo(f"À noter : {sentence(avis)}", err=True)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("écrivez la date sous la forme AAAA-MM-JJ", param_hint="--date") from None


def _read(
    lists: Sequence[Fichier],
    streets: Voies,
    day: datetime.date,
    age_minimum: int,
    fusionner_meme_adresse: bool,
    problemes: Sequence[Probleme],
) -> Lecture:
    """Read what could be opened; the problems of what could not are told with those of the reading."""
    progress = _progress if sys.stderr.isatty() else None
    try:
        lecture = read_listes(
            lists, streets, day, age_minimum, fusionner_meme_adresse=fusionner_meme_adresse, progress=progress
        )
    except RegistreError as error:
        raise RegistreError([*problemes, *error.problemes] if lists else problemes) from None
    if problemes:
        raise RegistreError(problemes)
    return lecture


def _open_all(
    voies: Path, fichiers: Sequence[Path], adultes: Sequence[str]
) -> tuple[Voies, list[Fichier], list[Probleme]]:
    """The streets and the files that could be opened, and why the others could not."""
    problemes: list[Probleme] = []
    streets, lists = Voies([]), []
    try:
        streets = read_voies(voies.name, _bytes(voies))
    except RegistreError as error:
        problemes += error.problemes
    unknown = set(adultes)
    for path in fichiers:
        is_adult = str(path) in adultes or path.name in adultes
        unknown -= {str(path), path.name}
        try:
            lists.append(Fichier(path.name, _bytes(path), adultes=is_adult))
        except RegistreError as error:
            problemes += error.problemes
    if unknown:
        raise click.BadParameter(
            f"{', '.join(sorted(unknown))} n'est pas dans les fichiers donnés", param_hint="--adultes"
        )
    return streets, lists, problemes


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RegistreError([Probleme("fichier_absent", {"fichier": path.name, "vu": error.strerror})]) from None


def _write(path: Path, lecture: Lecture) -> None:
    """The report, whole or not at all."""
    data = json.dumps(lecture.rapport(), ensure_ascii=False, indent=1).encode() + b"\n"
    partial = path.with_name(f".{path.name}.partiel")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise RegistreError([Probleme("fichier_absent", {"fichier": str(path), "vu": error.strerror})]) from None


def _progress(step: str, done: int, total: int) -> None:
    click.echo(f"\r{step} {done}/{total}", nl=done >= total, err=True)


def _summary(lecture: Lecture) -> list[str]:
    """What a person wants to read first."""
    lines = [f"{lu.nom} : {lu.lignes} lignes, {len(lu.occurrences)} personnes" for lu in lecture.fichiers]
    lines.append(
        f"Doublons : {lecture.exacts} exacts, {lecture.fusionnes} fusionnés, {len(lecture.a_confirmer)} à confirmer"
    )
    lines += [f"{count} {MOTIFS[motif]}" for motif, count in lecture.motifs.items() if count]
    lines.append(f"{len(lecture.personnes)} éligibles :")
    lines += [f"  {kind} : {count}" for kind, count in lecture.effectifs.items()]
    lines += [f"Type de moins de 5 : {kind} ({count})" for kind, count in lecture.types_minces.items()]
    lines += [f"Foyer de {foyer.taille} : {', '.join(foyer.adresses)}" for foyer in lecture.foyers_trop_grands]
    for voie, (count, proposed) in list(lecture.voies_inconnues.items())[:_SHOWN]:
        hint = f" (peut-être « {proposed} »)" if proposed else ""
        lines.append(f"Voie inconnue : « {voie or 'aucune'} », {count} personnes{hint}")
    return lines
