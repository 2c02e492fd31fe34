"""An invented quartier, and the lists that four sources would send of it, dirt included, with the truth beside.

Everyone is invented. The truth is counted from the people, never from the lists, by rules written here again.
"""

from __future__ import annotations

import datetime
import random
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

JOUR = datetime.date(2027, 3, 15)
FAMILLES = """Dupré|Kaczmarek|O'Brien|Łukasiewicz|Van Damme|M'Bengue|Saint-Cyr|Le Bihan|Aït Ouali|Bœuf|Ægidius|Groß
Işık|Yıldız|Çetin|De Souza|Da Costa|Nuñez|Peña|Wójcik|Fofana|Sow|Ba|Ly|Benamar|El Khoury|Hoarau|Payet|Grondin
Tremblay|Lévêque|Maître|Noël|Côté|Hübner|Ólafsson|Rakotoarisoa|Ndiaye-Diop|Dos Santos|D'Angelo|Petit-Jean""".replace(
    "\n", "|"
).split("|")
PRENOMS = {
    "F": "Adèle|Ophélie|Anaïs|Marie-Ange|Léonie|Zübeyde|Şule|Ángela|Siobhán|Fatou|Maïmouna|Rokhaya|Lydie|Œdipa|Noor|Éva",
    "M": "Aurélien|Gaspard|Jean-Loup|Timéo|Ömer|İlker|Ángel|Séamus|Cheikh|Ibra|Moussa|Théodore|Loïs|Jürgen|Élie|Tom",
}
VOIES = {
    "rue Émile Zola": "Haut",
    "quai de la Saussaye": "Haut",
    "allée du Docteur Schweitzer": "Haut",
    "cours Saint-Éloi": "Bas",
    "avenue du Général Leclerc": "Bas",
    "rue de l'Île aux Bœufs": "Bas",
    "chemin des Grèves": "L'Étang",
    "boulevard du 8 Mai 1945": "L'Étang",
    "résidence du Président Auriol": "L'Étang",
    "rue du Faubourg Blanc": "",
    "impasse de la Forge": "",
}
INCONNUES = ("rue de la Vieille Tuilerie", "sente des Vignes")
COURTS = {"rue": "R.", "quai": "QU", "allée": "ALL.", "avenue": "AV", "chemin": "CHE.", "boulevard": "BD"}
COURTS |= {"impasse": "IMP", "Docteur": "DR", "Général": "GAL", "Président": "Pdt", "Saint-Éloi": "ST ELOI"}
CIVILITES = {
    "F": ("Mme", "MME", "Madame", "Mlle", "Mme.", "F", "melle"),
    "M": ("M.", "Mr", "MR", "Monsieur", "M", "H"),
}


@dataclass
class Habitant:
    nom: str
    prenoms: tuple[str, ...]
    sexe: str
    naissance: datetime.date
    numero: str
    voie: str
    complement: str
    contrat: str
    commune: str = "Blois"
    usage: str = ""
    decede: bool = False
    sans_civilite: bool = False
    sans_date: bool = False


@dataclass
class Monde:
    """People, who stands in which source, and what a right reading counts."""

    habitants: list[Habitant]
    sources: dict[str, list[int]] = field(default_factory=dict)
    proches: set[int] = field(default_factory=set)

    def attendu(self) -> dict[str, object]:
        motifs: Counter[str] = Counter()
        effectifs: Counter[str] = Counter()
        for habitant in self.habitants:
            motif = _motif(habitant)
            motifs[motif] += 1
            if not motif:
                effectifs[f"{'X' if habitant.sans_civilite else habitant.sexe}|{VOIES[habitant.voie]}"] += 1
        motifs["sans_civilite"] = sum(h.sans_civilite and not _motif(h) for h in self.habitants)
        named = sum(len(people) for people in self.sources.values())
        return {
            "effectifs": dict(sorted(effectifs.items())),
            "motifs": {motif: motifs[motif] for motif in MOTIFS},
            "doublons": named - len(self.habitants),
        }


MOTIFS = ("decedes", "hors_perimetre", "voie_inconnue", "sans_naissance", "mineurs", "sans_civilite")


def _motif(h: Habitant) -> str:
    if h.decede:
        return "decedes"
    if h.commune != "Blois" or VOIES.get(h.voie) == "":
        return "hors_perimetre"
    if h.voie not in VOIES:
        return "voie_inconnue"
    if h.sans_date:
        return "sans_naissance"
    born = h.naissance
    sixteenth = datetime.date(born.year + 16, born.month, min(born.day, 28)) if born.day == 29 else None
    return "mineurs" if (sixteenth or born.replace(year=born.year + 16)) > JOUR else ""


def build(seed: int, homes: int = 120) -> Monde:
    """A quartier of `homes` homes: each rented from one of three landlords; most adults on the electoral roll."""
    rng = random.Random(seed)
    people: list[Habitant] = []
    monde = Monde(people, {name: [] for name in ("bailleur_a", "bailleur_b", "bailleur_c", "electeurs")})
    taken: set[tuple[str, datetime.date]] = set()
    for home in range(homes):
        landlord = rng.choice(("bailleur_a", "bailleur_b", "bailleur_c"))
        for habitant in _home(rng, home):
            if (habitant.voie, habitant.naissance) in taken:
                continue
            taken.add((habitant.voie, habitant.naissance))
            index = len(people)
            people.append(habitant)
            _enrol(rng, monde, landlord, index, habitant)
    return monde


def _home(rng: random.Random, home: int) -> list[Habitant]:
    street = rng.choice([*VOIES, *VOIES, *INCONNUES])
    number = f"{home % 97 + 1}{rng.choice(('', '', '', ' bis', ' ter'))}"
    flat = rng.choice(("", f"Apt {home}", f"Bât {rng.choice('ABC')} Apt {home}"))
    town = "Vineuil" if rng.random() < 0.03 else "Blois"
    family = rng.choice(FAMILLES)
    found = []
    for _ in range(rng.choice((1, 1, 2, 2, 2, 3, 5))):
        sexe = rng.choice("FM")
        given = rng.sample(PRENOMS[sexe].split("|"), rng.choice((1, 1, 2)))
        born = datetime.date(1935, 1, 1) + datetime.timedelta(days=rng.randrange(365 * 85))
        nom = family if rng.random() < 0.7 else rng.choice(FAMILLES)
        person = Habitant(nom, tuple(given), sexe, born, number, street, flat, f"C-{home:04d}", town)
        found.append(person)
    return found


def _enrol(rng: random.Random, monde: Monde, landlord: str, index: int, habitant: Habitant) -> None:
    """Who stands on two lists, and what is missing on those who stand on one."""
    monde.sources[landlord].append(index)
    adult = JOUR.year - habitant.naissance.year >= 19
    if adult and rng.random() < 0.55:
        monde.sources["electeurs"].append(index)
        if rng.random() < 0.12:
            monde.proches.add(index)
        elif habitant.sexe == "F" and rng.random() < 0.2:
            habitant.usage = rng.choice(FAMILLES)
        return
    blank = rng.random()
    habitant.sans_civilite = blank < 0.03
    habitant.sans_date = landlord != "bailleur_b" and 0.03 < blank < 0.06
    habitant.decede = 0.06 < blank < 0.08


class Saleté:
    """One source's way of writing: each call writes one thing one of the ways that source has."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def nom(self, text: str) -> str:
        text = self.rng.choice((text, text.upper(), bare(text).upper()))
        return self.rng.choice((text, text, f"\u00a0{text}", f"{text} "))

    def prenom(self, text: str) -> str:
        text = self.rng.choice((text, text, text, bare(text).upper()))
        return text.replace("-", " ") if self.rng.random() < 0.15 else text

    def civilite(self, habitant: Habitant) -> str:
        return "" if habitant.sans_civilite else self.rng.choice(CIVILITES[habitant.sexe])

    def date(self, habitant: Habitant) -> str:
        if habitant.sans_date:
            return ""
        forms = ("%d/%m/%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
        return habitant.naissance.strftime(self.rng.choice(forms))

    def voie(self, text: str) -> str:
        if self.rng.random() < 0.4:
            text = " ".join(COURTS.get(word, word) for word in text.split())
        text = self.rng.choice((text, text.upper(), bare(text).upper()))
        return text.replace(" ", "  ", 1) if self.rng.random() < 0.1 else text

    def commune(self, text: str) -> str:
        return self.rng.choice((text, text.upper()))

    def proche(self, habitant: Habitant) -> Habitant:
        """The same person with a letter of the family name changed or doubled, or the names swapped."""
        nom, kind = habitant.nom, self.rng.randrange(3)
        if kind == 0:
            return replace(habitant, nom=habitant.prenoms[0], prenoms=(nom,))
        at = self.rng.choice([i for i, letter in enumerate(nom) if letter.isalpha() and letter.isascii()])
        letter = nom[at] if kind == 1 else self.rng.choice([c for c in "aeiort" if c != nom[at].lower()])
        if kind == 1 or len(nom) < 3:
            return replace(habitant, nom=nom[:at] + letter + nom[at:])
        return replace(habitant, nom=nom[:at] + letter + nom[at + 1 :])


def bare(text: str) -> str:
    """Without accents, as an old program writes."""
    for letter, plain in {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ı": "i", "ł": "l", "Ł": "L"}.items():
        text = text.replace(letter, plain)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


Writer = Callable[[Habitant, Saleté], list[str]]


def voies_csv(rng: random.Random) -> bytes:
    lines = [f"{voie};{secteur}" for voie, secteur in VOIES.items()]
    rng.shuffle(lines)
    return "\n".join(["voie;secteur", *lines, ""]).encode()
