"""The draw itself: dice to tickets, tickets to the ranked list (methode-tirage §3, §4)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from .errors import InputError, checking
from .examination import admit, check_des
from .progress import Progress, silent
from .protocole import DIGITS_OF_LINES, METHODE, Protocole, parse_protocole
from .registre import Registre
from .resultat import Place, Resultat
from .walk import Taken, take_turns, walk

_NOBODY = b""
_EVERYBODY = b"\xff" * 33
_STEP = 1 << 16


def graine(protocole_sha256: str, des: str) -> str:
    """The seed that the protocol's fingerprint and the dice make together (§4)."""
    return f"{METHODE}|{protocole_sha256}|{des}"


def ticket(seed: str, numero: str) -> str:
    """The ticket of a resident under this `graine`: SHA-256 in lower-case hex (§4)."""
    return sha256(f"{seed}|ticket|{numero}".encode()).hexdigest()


def draw(registre_data: bytes, protocole_data: bytes, des: str, progress: Progress = silent) -> Resultat:
    """Draw: the same three inputs give the same bytes everywhere (§4).

    Raises InputError where a file or the dice are refused; its `check` names the verification they fail.
    """
    protocole = parse_protocole(protocole_data)
    registre = admit(registre_data, protocole, progress)
    check_des(protocole, des)
    return draw_admitted(registre, protocole, des, progress)


def composition_of(protocole: Protocole, des: str) -> int:
    """The composition number: the first dice, as many as number a row of the table (§3)."""
    return int(des[: DIGITS_OF_LINES[protocole.lignes]])


def draw_admitted(registre: Registre, protocole: Protocole, des: str, progress: Progress = silent) -> Resultat:
    """Draw from a register and a protocol already checked by `admit`, with dice checked by `check_des`."""
    seed = graine(protocole.sha256, des)
    composition = composition_of(protocole, des)
    taken = _winners(registre, protocole, composition, seed, progress)
    order = _ranked(registre, protocole.alternance, seed, taken.residents)
    numeros = [registre.numeros[resident] for resident in order]
    liste = tuple(Place(rang, numero, ticket(seed, numero)) for rang, numero in enumerate(numeros, start=1))
    exception = protocole.foyer_unique and bool(taken.unfilled)
    return Resultat(protocole.sha256, des, composition, exception, liste)


def _winners(registre: Registre, protocole: Protocole, composition: int, seed: str, progress: Progress) -> Taken:
    """Walk the residents by (ticket, numero), keeping in memory only those low enough to matter.

    Someone whose ticket is above their type's limit can't be taken if the type is full before it: whoever
    comes first does not depend on them. So a walk of the residents under the limits that fills every type
    takes the same people as the walk of all; a type it does not fill gets a higher limit, up to everybody.
    """
    types, foyers = registre.types.indices, registre.foyers.indices
    row = protocole.row_of(composition)
    places = {kind: row.get(name, 0) for kind, name in enumerate(registre.types.words)}
    effectifs = registre.effectifs
    kept = {kind: 8 * n + 64 for kind, n in places.items() if n}
    while True:
        limits = {kind: _limit(n, effectifs[registre.types.words[kind]]) for kind, n in kept.items()}
        order = _by_ticket(registre, seed, limits, progress)
        taken = walk(order, places, types, foyers if protocole.foyer_unique else None)
        short = [kind for kind in taken.unfilled if limits[kind] != _EVERYBODY]
        if not short:
            break
        for kind in short:
            kept[kind] *= 64
    if taken.missing:
        with checking("table"):
            raise InputError("table-impossible", fichier="protocole")
    return taken


def _limit(wanted: int, residents: int) -> bytes:
    """A ticket below which about `wanted` of these residents are expected."""
    if 2 * wanted >= residents:
        return _EVERYBODY
    return ((wanted << 256) // residents).to_bytes(32, "big")


def _by_ticket(registre: Registre, seed: str, limits: Mapping[int, bytes], progress: Progress) -> Sequence[int]:
    """Positions, in ascending (ticket, numero), of the residents whose ticket is below their type's limit."""
    digits, width = registre.numeros.digits, registre.numeros.width
    below = [limits.get(kind, _NOBODY) for kind in range(len(registre.types.words))]
    prefix = sha256(f"{seed}|ticket|".encode())
    kept = []
    for start in range(0, len(registre), _STEP):
        for resident, kind in enumerate(registre.types.indices[start : start + _STEP], start):
            hasher = prefix.copy()
            hasher.update(digits[resident * width : (resident + 1) * width])
            digest = hasher.digest()
            if digest < below[kind]:
                kept.append((digest, resident))
        progress("tickets", min(start + _STEP, len(registre)), len(registre))
    kept.sort()
    return [resident for _, resident in kept]


def _ranked(registre: Registre, alternance: str | None, seed: str, residents: list[int]) -> list[int]:
    """The final order (§4): by ticket, or the groups of `alternance` in turn, the groups in hashed order."""
    if alternance is None:
        return residents
    groups: dict[str, list[int]] = {}
    for resident in residents:
        groups.setdefault(registre.value(resident, alternance), []).append(resident)

    def rank(value: str) -> tuple[str, str]:
        return sha256(f"{seed}|alternance|{value}".encode()).hexdigest(), value

    return take_turns([groups[value] for value in sorted(groups, key=rank)])
