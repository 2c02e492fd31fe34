"""One draw by sortition-algorithms, run by the Python of its own environment: imports nothing of ours.

`python peer.py REQUEST.json` reads what is asked and writes what happened beside it: `.result.json` at the end,
`.progress.json` on the way, so that an interrupted run still says how far it got.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

_IMPORTING = perf_counter()
import sortition_algorithms as peer  # noqa: E402


class Progress:
    """Keeps the library's last word on how far it is, at most twice a second."""

    def __init__(self, path):
        self.path, self.start, self.said = path, perf_counter(), 0.0
        self.phase, self.total = "", None

    def start_phase(self, name, total=None, *, message=None):
        self.phase, self.total = name, total
        self._say(0)

    def update(self, current, *, message=None):
        if perf_counter() - self.said > 0.5:
            self._say(current)

    def end_phase(self):
        pass

    def _say(self, current):
        self.said = perf_counter()
        told = {"secondes": self.said - self.start, "etape": self.phase, "fait": current, "sur": self.total}
        self.path.write_text(json.dumps(told), encoding="utf-8")


def settings_of(request, seed):
    return peer.Settings(
        id_column="numero",
        columns_to_keep=[],
        check_same_address=True,
        check_same_address_columns=["foyer"],
        selection_algorithm=request["algorithme"],
        random_number_seed=seed,
    )


def load(request, settings):
    source = peer.CSVFileDataSource(
        features_file=Path(request["quotas"]),
        people_file=Path(request["personnes"]),
        already_selected_file=None,
        selected_file=Path("unused"),
        remaining_file=Path("unused"),
    )
    data = peer.SelectionData(source)
    features, _ = data.load_features(request["places"])
    people, _ = data.load_people(settings, features)
    return features, people


def draw(request, features, people, seed, progress=None):
    done, panels, report = peer.run_stratification(
        features, people, request["places"], settings_of(request, seed), progress_reporter=progress
    )
    return sorted(panels[0]) if done else None, report


def published_chances(report):
    """The chances that the library's report gives, in percent with four decimals, or None."""
    for entry in report.serialize()["_data"]:
        if "Probability of selection" in entry.get("headers", ()):
            return {row[0]: float(row[1].rstrip("%")) / 100 for row in entry["data"]}
    return None


def import_solvers(algorithm):
    """The library loads a solver when it first needs it; here that is done before the clock starts."""
    import highspy  # noqa: F401

    if algorithm == "nash":
        import cvxpy  # noqa: F401


def drawn_once(request, progress):
    """One draw, timed from the files to the panel."""
    import_solvers(request["algorithme"])
    start = perf_counter()
    features, people = load(request, settings_of(request, request["graine"]))
    loaded = perf_counter()
    panel, report = draw(request, features, people, request["graine"], progress)
    end = perf_counter()
    return {
        "importation": start - _IMPORTING,
        "lecture": loaded - start,
        "secondes": end - start,
        "panel": panel,
        "chances": published_chances(report),
    }


def counted(request):
    """How often each resident is taken over many draws, for an algorithm that publishes no chances."""
    features, people = load(request, settings_of(request, request["graine"]))
    taken = {}
    for seed in range(1, request["tirages"] + 1):
        for numero in draw(request, features, people, seed)[0] or ():
            taken[numero] = taken.get(numero, 0) + 1
    return {"comptes": taken}


def main(path):
    request = json.loads(path.read_text(encoding="utf-8"))
    progress = Progress(path.with_suffix(".progress.json"))
    told = counted(request) if request["tirages"] else drawn_once(request, progress)
    path.with_suffix(".result.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
