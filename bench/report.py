"""The measured figures, as the tables of docs/mesures.md."""

from collections.abc import Callable, Mapping
from typing import Any

from .targets import target_rows
from .words import megabytes, number, one_in, percent, seconds, table, times, yes

Told = Mapping[str, Any]
_ALGORITHMS = ("maximin", "nash", "legacy")
_PEER = ("pair, *maximin*", "pair, *nash*", "pair, *legacy*")


def section(told: Told) -> str:
    """Everything `python -m bench` found, in the order of the document."""
    return "\n\n".join(
        [
            _context(told),
            "### Vitesse et mémoire attendues (§7 de la méthode)",
            table(["travail", "attendu", "mesuré", "tenu", "processeur, démarrage compris"], target_rows(told)),
            "### Temps, du registre à la liste",
            _compared(told, "secondes", seconds),
            "### Mémoire au plus haut",
            _compared(told, "memoire", megabytes),
            "### La plus petite chance, face à la borne",
            _least(told),
            "### Écart des chances entre habitants du même type",
            _spread(told),
            "### Même résultat dans deux processus",
            _same(told),
            "### Où le pair s'est arrêté",
            _stopped(told),
            "### Ce que fait la règle « une personne par foyer » à nos chances",
            _households(told),
            "### Nos trois commandes, du quartier au million",
            _scale(told),
            "### Dans le navigateur",
            _browser(told),
        ]
    )


def title(name: str) -> str:
    """« 10 880 habitants, 2 critères »."""
    residents, width = name.split("-")
    return f"{number(int(residents))} habitants, {width} critères"


def _context(told: Told) -> str:
    versions = told["versions"]
    lines = {
        **told["machine"],
        "avant la mesure": f"{number(told['charge'], 1)} processus occupaient déjà la machine",
        "commande": f"`{told['commande']}`, {number(told['duree'] / 60)} minutes",
        "nous": f"`tirage/`, highspy {versions['highspy']}, numpy {versions['numpy']}",
        "pair": f"{versions['pair']}, highspy {versions['highspy du pair']}, "
        + ("avec" if told["gurobi"] else "sans")
        + " le solveur commercial Gurobi",
    }
    return "\n".join(f"- {name} : {value}" for name, value in lines.items())


def _peer_cell(found: Told | None, field: str, show: Callable[[float], str]) -> str:
    if found is None:
        return "non mesuré"
    if found["interrompu"]:
        return f"interrompu à {found['limite']} s" if field == "secondes" else f"≥ {show(found[field])}"
    return show(found[field]) if found["reussi"] else "échec"


def _ratio(found: Told | None, mine: Told, field: str) -> str:
    if found is None or not (found["reussi"] or found["interrompu"]):
        return "—"
    value = found["limite"] if found["interrompu"] and field == "secondes" else found[field]
    return ("plus de " if found["interrompu"] else "") + times(value / mine[field])


def _compared(told: Told, field: str, show: Callable[[float], str]) -> str:
    rows = []
    for name, found in told["pair"].items():
        mine = told["nous"][name]
        cells = [_peer_cell(found.get(algorithm), field, show) for algorithm in _ALGORITHMS]
        rows.append([title(name), show(mine[field]), cells[0], _ratio(found["maximin"], mine, field), *cells[1:]])
    return table(["registre", "nous", _PEER[0], "maximin / nous", *_PEER[1:]], rows)


def _least(told: Told) -> str:
    rows = []
    for name, found in told["pair"].items():
        mine = told["nous"][name]
        borne = mine["verification"]["borne"]
        bound = borne[0] / borne[1]

        def cell(figures: Told | None, bound: float = bound) -> str:
            least = (figures or {}).get("min")
            if least is None:
                return "—"
            drawn = f" ({number(figures['tirages'])} tirages)" if figures and "comptes" in figures else ""
            return f"{one_in(least)} ({percent(least / bound - 1)}){drawn}"

        chances = mine["chances"]
        ours = [cell(chances["exact"]), cell(chances.get("simulation"))]
        rows.append([title(name), one_in(bound), *ours, *(cell(found.get(a)) for a in _ALGORITHMS)])
    return table(["registre", "borne", "nous, table", "nous, foyer compris", *_PEER], rows)


def _spread(told: Told) -> str:
    def cell(figures: Told | None) -> str:
        ratio = (figures or {}).get("ecart")
        return times(ratio) if ratio else "—"

    rows = []
    for name, found in told["pair"].items():
        chances = told["nous"][name]["chances"]
        cells = [cell(chances["exact"]), cell(chances.get("simulation"))]
        rows.append([title(name), *cells, *(cell(found.get(a)) for a in _ALGORITHMS[:2])])
    return table(["registre", "nous, table", "nous, foyer compris", *_PEER[:2]], rows)


def _same(told: Told) -> str:
    rows = []
    for name, mine in told["nous"].items():
        found = told["pair"].get(name, {})
        cells = [yes(found.get(algorithm, {}).get("meme_resultat")) for algorithm in _ALGORITHMS]
        rows.append([title(name), yes(mine.get("meme_resultat")), *cells])
    return table(["registre", "nous, protocole et liste à l'octet", *_PEER], rows)


def _stopped(told: Told) -> str:
    lines = []
    for name, found in told["pair"].items():
        for algorithm, run in found.items():
            if run["interrompu"]:
                lines.append(
                    f"- {title(name)}, *{algorithm}* : {_progress(run)}, arrêté à {run['limite']} s "
                    f"({seconds(run['processeur'])} de processeur)."
                )
    return "\n".join(lines) or "Nulle part : tout ce qui a été lancé a fini."


def _progress(run: Told) -> str:
    reached = run.get("avancement")
    if not reached:
        return "encore dans la préparation du problème, avant sa première étape"
    total = f" sur {number(reached['sur'])}" if reached["sur"] else ""
    return f"étape `{reached['etape']}`, {number(reached['fait'])}{total} après {seconds(reached['secondes'])}"


def _households(told: Told) -> str:
    rows = []
    for name, mine in told["nous"].items():
        simulation = mine["chances"].get("simulation")
        if simulation:
            effects = [percent(simulation["effets"][str(size)], 2) for size in range(1, 7)]
            share = simulation["exceptions"] / simulation["tirages"]
            rows.append([title(name), *effects, f"{number(share * 100, 2)} %"])
    head = ["registre", "seul", *(f"foyer de {size}" for size in range(2, 7)), "tirages avec exception"]
    return table(head, rows)


def _scale(told: Told) -> str:
    rows = []
    for name, mine in told["nous"].items():
        residents = int(name.split("-")[0])
        if residents > 5_000:
            done = [mine[command] for command in ("protocole", "tirer", "verifier")]
            each = number(done[1]["secondes"] / residents * 1e6, 1)
            times_taken = [seconds(step["secondes"]) for step in done]
            peak = max(step["memoire"] for step in done)
            rows.append([title(name), str(mine["chances"]["types"]), *times_taken, f"{each} µs", megabytes(peak)])
    head = ["registre", "types", "protocole", "tirage", "vérification", "tirage, par habitant", "mémoire"]
    return table(head, rows)


def _browser(told: Told) -> str:
    if not told["navigateur"]:
        return "Non mesuré : aucun Chromium sur cette machine."
    rows = []
    for name, found in told["navigateur"].items():
        for what, label in (("calcul", "la vérification seule"), ("page", "du clic à « même liste », page hors ligne")):
            cells = [f"{number(found[f'{what} x{slow}'][key])} ms" for slow in (1, 6) for key in ("mediane", "max")]
            rows.append([f"{title(name)}, {label}", *cells])
    version = next(iter(told["navigateur"].values()))["navigateur"]
    head = ["sur une page neuve, 5 fois", "normal, médiane", "normal, au plus", "6 fois ralenti, médiane", "au plus"]
    return f"Avec {version}.\n\n{table(head, rows)}"
