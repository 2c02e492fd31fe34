"""Making the certificate of fairness from the multipliers of the first stage (methode-tirage §2)."""

from .certificat import allowance, ceiling
from .leximin import Duals
from .problem import Problem
from .protocole import Certificat

_SCALES = (*range(1, 61), *(10**power for power in range(2, 13)))
_TIGHT = 1e-6


def make_certificat(problem: Problem, duals: Duals, least: float) -> Certificat | None:
    """The certificate in the smallest integers that prove a ceiling within a millionth of `least`.

    `least` is the optimum of the first stage, as a chance. Whatever the rounding, what comes out is a proof:
    `types` is raised where the inequality needs it, and `poids` is the most that it then allows. Where no scale
    comes that close, the tightest; None if none proves anything.
    """
    largest = max(abs(duals.u), *duals.types, *duals.max, *duals.min)
    best, lowest = None, float("inf")
    for scale in _SCALES:
        certificat = _rounded(problem, duals, scale / largest)
        if not certificat.poids:
            continue
        numerator, denominator = ceiling(problem, certificat)
        if numerator / denominator < lowest:
            best, lowest = certificat, numerator / denominator
        if lowest <= least * (1 + _TIGHT):
            break
    return best


def _rounded(problem: Problem, duals: Duals, factor: float) -> Certificat:
    types = {name: round(n * factor) for name, n in zip(problem.types, duals.types, strict=True)}
    high: dict[str, dict[str, int]] = {}
    low: dict[str, dict[str, int]] = {}
    for side, multipliers in ((high, duals.max), (low, duals.min)):
        for (critere, value), multiplier in zip(problem.labels, multipliers, strict=True):
            if rounded := round(multiplier * factor):
                side.setdefault(critere, {})[value] = rounded
    draft = Certificat({}, round(duals.u * factor), types, high, low)
    allowed = {name: allowance(problem, draft, name) for name in problem.types}
    poids = {name: n for name, n in allowed.items() if n > 0}
    raised = {name: types[name] + max(-n, 0) for name, n in allowed.items()}
    return Certificat(poids, draft.u, {name: n for name, n in raised.items() if n}, high, low)
