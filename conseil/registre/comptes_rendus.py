"""The report of a reading for people: CSV for a spreadsheet, data for the PDF. Counts, never a name."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conseil.i18n import french_number
from conseil.registre.messages import MOTIFS

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
GENRES = {"F": "femmes", "M": "hommes", "X": "non déclaré"}


def safe_cell(value: object) -> str:
    """The cell's text, that no spreadsheet will take for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as Excel opens them in France: UTF-8 with BOM, `;`, CRLF, no formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        # A number is a number, a negative one included: only text can hide a formula.
        writer.writerow([cell if isinstance(cell, int) else safe_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def report_rows(rapport: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """The report as rows: subject, detail, number."""
    rows: list[tuple[object, ...]] = [("Sujet", "Détail", "Nombre")]
    for nom, count in rapport["fichiers"].items():
        rows += [("Lignes lues", nom, count["lignes"]), ("Personnes lues", nom, count["personnes"])]
    rows += [("Écartés ou à compléter", MOTIFS[motif], n) for motif, n in rapport["motifs"].items()]
    doublons = rapport["doublons"]
    rows += [
        ("Doublons", "exacts", doublons["exacts"]),
        ("Doublons", "réunis par décision", doublons["fusionnes"]),
        ("Doublons", "laissés séparés sans décision", len(doublons["a_confirmer"])),
        ("Habitants éligibles", "", rapport["eligibles"]),
    ]
    rows += [("Éligibles par groupe", kind_label(kind), n) for kind, n in rapport["effectifs"].items()]
    rows += [("Voie inconnue", v["voie"] or "(aucune)", v["personnes"]) for v in rapport["voies_inconnues"]]
    rows += [
        ("Chiffre connu", f"{p['secteur']}, {p['annee']}, {p['source']}", p["habitants"])
        for p in rapport.get("populations", [])
    ]
    return rows


def kind_label(kind: str) -> str:
    """« Bégon, femmes » for `F|Bégon`."""
    genre, _, secteur = kind.partition("|")
    return f"{secteur}, {GENRES.get(genre, genre)}"


#: The places of the account, in words, in the order of the pages.
PLACES = {
    "gardes": "gardées",
    "fusionnes": "réunies avec une autre ligne",
    "mineurs": "trop jeunes le jour du tirage",
    "hors_perimetre": "hors du quartier",
    "voie_inconnue": "voie inconnue",
    "sans_naissance": "sans date de naissance lisible",
    "personnes_morales": "personnes morales",
    "decedes": "signalées décédées",
    "lignes_sans_personne": "lignes sans personne",
    "oppositions": "opposition au contact",
}


def pdf_data(
    titre: str, rapport: Mapping[str, Any], compte: Mapping[str, Mapping[str, int]], notes: Mapping[str, str]
) -> dict[str, Any]:
    """The data of `rapport-registre.typ`; `notes`: {date, imprime, etat}."""
    lists = [
        {
            "nom": nom,
            "lignes": french_number(count["lignes"]),
            "personnes": french_number(count["personnes"]),
            "empreinte": rapport["empreintes"][nom],
        }
        for nom, count in rapport["fichiers"].items()
    ]
    places = [
        {
            "libelle": PLACES[place],
            "nombres": [french_number(compte[nom].get(place, 0)) for nom in rapport["fichiers"]],
            "total": french_number(sum(counts.get(place, 0) for counts in compte.values())),
        }
        for place in PLACES
        if any(counts.get(place) for counts in compte.values())
    ]
    return {
        "titre": titre,
        **notes,
        "eligibles": french_number(rapport["eligibles"]),
        "age": rapport["age_minimum"],
        "listes": lists,
        "places": places,
        "doublons": {
            "exacts": french_number(rapport["doublons"]["exacts"]),
            "fusionnes": french_number(rapport["doublons"]["fusionnes"]),
            "ouverts": french_number(len(rapport["doublons"]["a_confirmer"])),
        },
        "effectifs": [
            {"type": kind_label(kind), "nombre": french_number(n)} for kind, n in rapport["effectifs"].items()
        ],
        "voies": [
            {"voie": v["voie"] or "(aucune)", "personnes": french_number(v["personnes"])}
            for v in rapport["voies_inconnues"]
        ],
        "raisons": _reasons(rapport.get("raisons", {})),
        "populations": [
            {
                "secteur": p["secteur"],
                "habitants": french_number(p["habitants"]),
                "source": f"{p['source']}, {p['annee']}",
            }
            for p in rapport.get("populations", [])
        ],
        "avis": [avis["phrase"] for avis in rapport["avis"]],
    }


def _reasons(raisons: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [
        {"sujet": f"Foyer de {f['personnes']} personnes", "raison": f["raison"]} for f in raisons.get("foyers", [])
    ]
    found += [{"sujet": kind_label(kind), "raison": text} for kind, text in raisons.get("types", {}).items()]
    found += [
        {"sujet": f"{POINTS[p['point']]} ({p['reste']})", "raison": p["raison"]} for p in raisons.get("points", [])
    ]
    return found


POINTS = {
    "listes_absentes": "Des listes sont déposées",
    "listes_illisibles": "Toutes les listes se lisent",
    "colonnes_a_verifier": "Les colonnes de chaque liste ont été vérifiées",
    "doublons": "Les ressemblances sont tranchées",
    "voies_inconnues": "Les voies inconnues sont rattachées",
    "sans_civilite": "Les personnes sans civilité sont complétées, ou laissées sans genre déclaré",
    "sans_naissance": "Les dates de naissance manquantes sont complétées",
    "foyers_sans_raison": "Chaque foyer de plus de 12 personnes a sa raison",
    "types_sans_note": "Chaque groupe de moins de 5 personnes a sa note",
    "populations_absentes": "Chaque secteur a son chiffre de population",
    "ecarts": "Les parts du registre ressemblent à celles du quartier",
}
