"""How each source of the invented quartier lays its list out: headings, order of columns, titles, totals."""

from __future__ import annotations

import random
from collections.abc import Callable

from registre_classeurs import Cell, write_ods, write_text, write_xls, write_xlsx
from registre_monde import Habitant, Monde, Saleté

Row = list[Cell]
Column = tuple[tuple[str, ...], Callable[[Habitant, Saleté], Cell]]

JUNK: list[Column] = [
    (("Tél", "Téléphone", "Portable"), lambda h, s: f"06{s.rng.randrange(10**8):08d}"),
    (("Loyer", "Type de logement"), lambda h, s: s.rng.choice(("T2", "T3", "412,50"))),
    (("Date d'entrée", "Date d'effet du bail"), lambda h, s: f"01/0{s.rng.randrange(1, 9)}/2015"),
    (("E-mail", "Courriel"), lambda h, s: ""),
]
COMMUNE: list[Column] = [
    (("CP", "Code postal", "C.P."), lambda h, s: "41350" if h.commune != "Blois" else "41000"),
    (("Ville", "COMMUNE", "Localité"), lambda h, s: s.commune(h.commune)),
]
LOGEMENT: list[Column] = [(("Complément", "Bât./Apt", "Complément d'adresse"), lambda h, s: h.complement)]


def _death(h: Habitant, text: str, s: Saleté) -> str:
    return f"{text} {s.rng.choice(('(DCD)', '(décédée)', 'DCD'))}" if h.decede else text


def bailleur_a(s: Saleté) -> list[Column]:
    return [
        (("N° contrat", "Réf. bail", "CONTRAT"), lambda h, s: h.contrat),
        (("Civilité", "CIV", "Titre"), lambda h, s: s.civilite(h)),
        (("NOM", "Nom de famille", "Nom locataire"), lambda h, s: _death(h, s.nom(h.nom), s)),
        (("Prénom", "PRENOM"), lambda h, s: s.prenom(h.prenoms[0])),
        (("Né(e) le", "Date de naissance", "DDN"), lambda h, s: s.date(h)),
        (
            ("Adresse", "ADRESSE DU LOGEMENT", "Adresse 1"),
            lambda h, s: f"{h.numero}{s.rng.choice(('', ','))} {s.voie(h.voie)}",
        ),
        *LOGEMENT,
        *COMMUNE,
    ]


def bailleur_c(s: Saleté) -> list[Column]:
    first = s.rng.random() < 0.5

    def name(h: Habitant, s: Saleté) -> str:
        nom, prenom = h.nom.upper(), s.prenom(h.prenoms[0])
        return _death(h, f"{nom} {prenom}" if first else f"{prenom} {nom}", s)

    def address(h: Habitant, s: Saleté) -> str:
        flat = f" - {h.complement}" if h.complement else ""
        postcode = "41350" if h.commune != "Blois" else "41000"
        return f"{h.numero} {s.voie(h.voie)}{flat}, {postcode} {s.commune(h.commune)}"

    return [
        (("Civilité", "M./Mme", "Genre"), lambda h, s: s.civilite(h)),
        (("Nom complet", "Locataire", "Identité", "Occupant"), name),
        (("Date de naissance", "Naissance"), lambda h, s: s.date(h)),
        (("Adresse complète", "Adresse", "Domicile"), address),
    ]


def electeurs(s: Saleté) -> list[Column]:
    return [
        (("Bureau", "Canton"), lambda h, s: s.rng.choice(("12", "13"))),
        (("Nom de naissance", "Nom patronymique"), lambda h, s: s.nom(h.nom)),
        (("Nom d'usage", "Nom marital"), lambda h, s: h.usage),
        (("Prénoms", "Prénom(s)"), lambda h, s: ", ".join(h.prenoms)),
        (("Sexe", "Sexe (M/F)"), lambda h, s: h.sexe),
        (("Date de naissance", "Né(e) le"), lambda h, s: s.date(h)),
        (("Lieu de naissance", "Commune de naissance"), lambda h, s: "Tours"),
        (("Numéro et voie", "N° et rue", "Adresse"), lambda h, s: f"{h.numero} {s.voie(h.voie)}"),
        *LOGEMENT,
        *COMMUNE,
    ]


def write_columns(
    monde: Monde, source: str, columns: list[Column], s: Saleté, fmt: str, headings: bool = True
) -> tuple[str, bytes, int]:
    """File name, bytes, and lines that name nobody, of a source with one person a row."""
    columns = [*columns, *s.rng.sample(JUNK, s.rng.randrange(3))]
    s.rng.shuffle(columns)
    header: Row = [s.rng.choice(labels) for labels, _ in columns]
    rows: list[Row] = []
    people = list(monde.sources[source])
    s.rng.shuffle(people)
    nobody = 0
    for count, index in enumerate(people):
        h = monde.habitants[index]
        if source == "electeurs" and index in monde.proches:
            h = s.proche(h)
        rows.append([write(h, s) for _, write in columns])
        if headings and count and count % 37 == 0:
            rows.append(list(header))
            nobody += 1
    rows += [[], ["TOTAL", f"{len(people)} lignes", *[""] * (len(columns) - 2)]]
    titles: list[Row] = [["Extraction du 03/02/2027"], []] if s.rng.random() < 0.5 else []
    name, data = write_format(source, [*titles, header, *rows], s.rng, fmt)
    return name, data, nobody + 1


def bailleur_b(monde: Monde, s: Saleté, fmt: str) -> tuple[str, bytes, int]:
    """Tenant and co-tenant on one row, under two heading rows; dates typed."""
    who = ["Civ.", "Nom", "Prénom", "Naissance"]
    top: Row = ["Réf.", "Titulaire", "", "", "", "Co-titulaire", "", "", "", "N°", "Voie", "Bât./Apt", "CP", "Commune"]
    below: Row = ["", *who, *who, "", "", "", "", ""]
    homes: dict[str, list[Habitant]] = {}
    for index in monde.sources["bailleur_b"]:
        homes.setdefault(monde.habitants[index].contrat, []).append(monde.habitants[index])
    rows: list[Row] = []
    for contrat, people in homes.items():
        for first in range(0, len(people), 2):
            pair = people[first : first + 2]
            cells: Row = [cell for h in pair for cell in _person(h, s)]
            h = pair[0]
            where: Row = [h.numero, s.voie(h.voie), h.complement, 41000 if h.commune == "Blois" else 41350, h.commune]
            rows.append([contrat, *cells, *[""] * (8 - len(cells)), *where])
    title: Row = ["Habitat du Val", *[""] * 13]
    name, data = write_format("bailleur_b", [title, [""] * 14, top, below, *rows], s.rng, fmt)
    return name, data, 0


def _person(h: Habitant, s: Saleté) -> Row:
    nom = _death(h, s.nom(h.nom), s)
    return [s.civilite(h), nom, s.prenom(h.prenoms[0]), h.naissance]


def write_format(source: str, rows: list[Row], rng: random.Random, fmt: str) -> tuple[str, bytes]:
    if fmt == "xlsx":
        return f"{source}.xlsx", write_xlsx({"Liste": rows})
    if fmt == "ods":
        return f"{source}.ods", write_ods({"Liste": rows})
    if fmt == "xls":
        return f"{source}.xls", write_xls("Liste", rows)
    encoding, separator = fmt.split(" ")
    return f"{source}.csv", write_text(rows, separator.replace("tab", "\t"), encoding, rng.choice(("\r\n", "\n")))
