"""The command line (methode-tirage §6): a contract, since scripts depend on it.

What a command makes goes to standard output as bytes; sentences for people go to standard error.
"""

import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from .arguments import USAGE, minimum, parse_arguments, positive, wants_help
from .canonical import sha256_hex
from .chances import odds, one_in
from .demande import Demande
from .drawing import draw
from .errors import InputError, TirageError, VerificationError
from .examination import admit, check_protocole
from .files import read, write
from .identites import check_identites
from .messages import explain
from .progress import Progress, silent
from .protocole import parse_protocole
from .registre import Registre
from .registre_csv import parse_registre
from .verification import verify


def main(argv: Sequence[str]) -> int:
    """Run one command; the exit code: 0 done or verified, 1 verification failed, 2 anything else."""
    if wants_help(argv):
        _say(USAGE)
        return 0
    paths: dict[str, str] = {}
    try:
        options = parse_arguments(argv)
        paths.update({kind: path for kind, path in vars(options).items() if isinstance(path, str)})
        data = _COMMANDS[options.command](options, _progress())
        _deliver(data, getattr(options, "o", None))
        return 0
    except VerificationError as error:
        _say(f"{error.check}\n{explain(error, paths)}\n")
        return 1
    except TirageError as error:
        _say(f"{explain(error, paths)}\n")
        return 2
    except ModuleNotFoundError as error:
        missing = TirageError("bibliotheque", nom=error.name)
        _say(f"{explain(missing, paths)}\n")
        return 2
    except Exception:
        # Exit code 1 says that a list is false: a fault of ours must not say it.
        traceback.print_exc()
        return 2


def _protocole(options: Namespace, progress: Progress) -> bytes:
    places = positive("--places", options.places)
    minima = tuple(map(minimum, options.minimum))
    registre = parse_registre(read(options.registre), progress)
    demande = Demande(
        tirage=options.tirage,
        intitule=options.intitule,
        places=places,
        parite=options.parite,
        proportionnels=tuple(options.proportionnel),
        minima=minima,
        foyer_unique=not options.sans_foyer,
        repetition=options.repetition,
        identites_sha256=_identites_sha256(options.identites, registre),
    )
    from .preparation import make_protocole

    preparation = make_protocole(registre, demande, progress)
    _say(f"empreinte du protocole : {preparation.sha256}\n")
    _say(f"écart le plus grand avec les chances les plus égales : {_percent(preparation.deviation)} %\n")
    if not preparation.is_close:
        _say("Cet écart dépasse 0,1 % : un type a trop peu d'habitants pour un million de lignes.\n")
    if not preparation.reaches_optimum:
        _say("Des places entières ne peuvent pas égaler le calcul sur des fractions : c'est le mieux possible.\n")
    return preparation.data


def _identites_sha256(path: str | None, registre: Registre) -> str | None:
    if path is None:
        return None
    data = read(path)
    check_identites(data, registre.numeros)
    return sha256_hex(data)


def _tirer(options: Namespace, progress: Progress) -> bytes:
    return draw(read(options.registre), read(options.protocole), options.des, progress).data + b"\n"


def _verifier(options: Namespace, progress: Progress) -> bytes:
    report = verify(read(options.registre), read(options.protocole), read(options.resultat), progress)
    if report.repetition:
        _say("RÉPÉTITION : ce tirage est un exercice, il ne désigne personne.\n")
    _say(f"chance la plus faible : {_one_in(report.chance_minimale)}\n")
    if report.borne:
        _say(f"aucun tirage ne pourrait faire mieux que {_one_in(report.borne)}\n")
    return _json(
        {
            "verifie": True,
            "tirage": report.tirage,
            "repetition": report.repetition,
            "protocole_sha256": report.protocole_sha256,
            "places": report.places,
            "chance_minimale": report.chance_minimale,
            "borne": report.borne,
            "plus_grand_foyer": report.plus_grand_foyer,
        }
    )


def _chances(options: Namespace, progress: Progress) -> bytes:
    protocole = parse_protocole(read(options.protocole))
    check_protocole(protocole)
    return _json(
        {
            name: {"residents": chance.residents, "chance": chance.fraction, "un_sur": chance.un_sur}
            for name, chance in odds(protocole).items()
        }
    )


def _simuler(options: Namespace, progress: Progress) -> bytes:
    draws = positive("--tirages", options.tirages)
    protocole = parse_protocole(read(options.protocole))
    registre = admit(read(options.registre), protocole, progress)
    from .simulation import simulate

    simulation = simulate(registre, protocole, draws, progress=progress)
    foyers = {
        str(size): {
            "residents": effect.residents,
            "effet_pour_cent": f"{100 * effect.effect:+.3f}",
            "erreur_pour_cent": f"{100 * effect.error:.3f}",
        }
        for size, effect in simulation.sizes.items()
    }
    return _json({"tirages": draws, "exceptions": simulation.exceptions, "foyers": foyers})


_COMMANDS: dict[str, Callable[[Namespace, Progress], bytes]] = {
    "protocole": _protocole,
    "tirer": _tirer,
    "verifier": _verifier,
    "chances": _chances,
    "simuler": _simuler,
}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8") + b"\n"


def _percent(share: float) -> str:
    return f"{100 * share:.4f}".replace(".", ",")


def _one_in(chance: tuple[int, int]) -> str:
    return f"1 sur {one_in(chance)}".replace(".", ",") if chance[0] else "aucune"


def _deliver(data: bytes, path: str | None) -> None:
    if path is not None:
        write(path, data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is left in the buffer must not be tried again when Python ends: its exit code would hide ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise InputError("fichier-ecriture", fichier="sortie standard", raison=str(error)) from None


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _progress() -> Progress:
    """Show how far the work is, where a person looks on."""
    if not sys.stderr.isatty():
        return silent
    shown = ""

    def show(step: str, done: int, total: int) -> None:
        nonlocal shown
        share = f"{100 * done // total} %" if total else str(done)
        line = f"{_STEPS[step]} {share}"
        if line != shown:
            shown = line
            _say("\r\x1b[K" if done == total else f"\r\x1b[K{line}")

    return show


_STEPS = {"lecture": "lecture du registre", "tickets": "tickets", "table": "table", "simulation": "simulation"}
