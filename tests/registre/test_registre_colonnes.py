"""Which column holds what, from headings and contents; what cannot be told is refused with what was seen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from registre_classeurs import write_xlsx
from registre_lectures import fichier, ligne, lire, liste, motifs, qui, refus

from conseil.registre.colonnes import Colonne, Colonnes
from conseil.registre.libelles import IGNORED, rank_of, role_of
from conseil.registre.reperage import locate
from conseil.registre.tables import read_tables

HEADINGS = {
    "contrat": "N° CONTRAT|Réf.|Référence bail|N° locataire|Code client|Contrat n°|ID",
    "civilite": "CIVILITÉ|Civ.|Titre|M./Mme|Civilité du titulaire",
    "sexe": "Sexe|Genre|Sexe (M/F)|H/F",
    "nom": "NOM|Nom de famille|Nom de naissance|Nom patronymique|Nom complet|Nom et prénom|Prénom NOM|Identité"
    "|Locataire|Titulaire du bail|Occupant|Nom de l'électeur|Patronyme|Nom du locataire",
    "nom_usage": "Nom d'usage|Nom marital|NOM D'USAGE|Nom d'épouse|Nom usuel",
    "prenom": "PRÉNOM|Prénoms|Prénom(s)|Prénom usuel|1er prénom",
    "autres_prenoms": "Autres prénoms|2e prénom",
    "naissance": "NÉ(E) LE|Né le|Née le|Date de naissance|DDN|Date naiss.|Naissance|date de naiss|Né·e le",
    "deces": "Date de décès|Décédé|DCD",
    "adresse": "ADRESSE|Adresse complète|Adresse 1|Numéro et voie|N° et rue|Adresse du logement|Domicile",
    "numero": "N°|Numéro|N° de voie|Num. de rue",
    "repetition": "Bis/Ter|Indice de répétition",
    "type_voie": "Type de voie|Nature voie",
    "voie": "Voie|Rue|Libellé voie|Nom de la voie|Libellé de la rue",
    "complement": "COMPLÉMENT|Complément d'adresse|Bât./Apt|Adresse 2|N° appt|Étage|Résidence|Escalier",
    "code_postal": "CP|Code postal|C.P.",
    "commune": "VILLE|Commune|Localité",
    "cp_commune": "CP Ville|Code postal et commune",
    "observation": "Observations|Remarque|Commentaires",
    IGNORED: "TÉL|E-mail|Bureau|Lieu de naissance|Commune de naissance|Date d'entrée|Date d'effet du bail|Loyer"
    "|Type de logement|N° électeur|N° d'ordre|Nationalité|Surface|Âge|Code INSEE|Nb personnes|Réf. logement",
}


@pytest.mark.parametrize(("role", "labels"), HEADINGS.items())
def test_headings(role: str, labels: str) -> None:
    assert {label: role_of(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), role)
    assert {role_of(label.upper()) for label in labels.split("|")} == {role}


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("Nom", 1),
        ("Nom 2", 2),
        ("Co-titulaire", 2),
        ("Cotitulaire Nom", 2),
        ("Nom du conjoint", 2),
        ("Nom d'épouse", 1),
        ("Titulaire 1", 1),
        ("Co-titulaire 2", 3),
        ("Prénom colocataire", 2),
        ("Second occupant", 2),
    ],
)
def test_whose_column(label: str, rank: int) -> None:
    assert rank_of(label) == rank


ROW = "Mme;DUPRÉ;Zoé;12/03/1980;12 rue Bégon;41000;Blois"


@pytest.mark.parametrize(
    "header",
    [
        "Civilité;Nom;Prénom;Né(e) le;Adresse;CP;Ville",
        "Sexe;Patronyme;Prénoms;DDN;Domicile;Code postal;Commune",
        "Civ.;NOM;1er prénom;Date naiss.;N° et voie;C.P.;Localité",
        "Civ;Nom de famille;Prénom(s);Naissance;Adresse 1;CP;VILLE",
        "Civ;Nom;Prénom;Quand;Où;CP;VILLE",
        "Titre;Nom;Prénom;;;;",
    ],
)
def test_one_row_under_many_headings(header: str) -> None:
    rows = "".join(f"M.;LY;Tom;0{n}/01/1990;{n} rue Bégon;41000;Blois\n" for n in range(1, 10))
    lecture = lire(f"{header}\n{ROW}\n{rows}")
    assert qui(lecture)[0] == "DUPRÉ Zoé F"
    assert len(lecture.personnes) == 10


def test_what_contents_alone_decided_is_said() -> None:
    rows = "".join(f"M.;LY;Tom;0{n}/01/1990;{n} rue Bégon\n" for n in range(1, 10))
    lecture = lire(f"Civ;Nom;Prénom;Quand;Où\n{rows}")
    said = {(avis.code, avis.params["colonne"]) for avis in lecture.avis}
    assert said == {("colonne_devinee", "Quand"), ("colonne_devinee", "Où")}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a;b\n1;2\n", ["entete_introuvable"]),
        ("Civilité;Né le;Adresse\nMme;12/03/1980;12 rue Bégon\n", ["entete_introuvable"]),
        ("Nom;Prénom;Adresse\nDUPRÉ;Zoé;12 rue Bégon\n", ["colonne_naissance_absente"]),
        ("Nom;Prénom;Né le\nDUPRÉ;Zoé;12/03/1980\n", ["colonne_adresse_absente"]),
        ("Nom;Prénom;Tél\nDUPRÉ;Zoé;06\n", ["colonne_naissance_absente", "colonne_adresse_absente"]),
        ("Nom;Prénom;Né le;Adresse\n" + "DUPRÉ;Zoé;Tours;12 rue Bégon\n" * 9, ["dates_illisibles"]),
        ("Nom;Prénom;Né le;Adresse\n", ["aucune_personne"]),
    ],
)
def test_missing_columns_are_refused(text: str, problems: list[str]) -> None:
    assert [code for code, _ in refus(text)] == problems


def test_two_columns_that_could_both_be_the_dates_are_neither() -> None:
    text = "Nom;Prénom;Un;Deux;Adresse\n" + "".join(
        f"LY;Tom;0{n}/01/1990;0{n}/02/1991;{n} rue Bégon\n" for n in range(1, 9)
    )
    assert refus(text) == [("colonne_naissance_absente", None)]


def test_every_problem_of_every_file_is_told() -> None:
    found = refus("Nom;Prénom\nDUPRÉ;Zoé\n", b"", liste(ligne()), "Nom;Prénom;Né le\nA;B;12/03/1980\n")
    assert [code for code, _ in found] == [
        "colonne_naissance_absente",
        "colonne_adresse_absente",
        "fichier_vide",
        "colonne_adresse_absente",
    ]


def test_titles_above_and_headings_again() -> None:
    text = f"Habitat du Val\nExtraction du 12/10/2026\n\n{liste(ligne(), liste(ligne(nom='SOW')))}TOTAL;2 lignes\n"
    lecture = lire(text)
    assert len(lecture.personnes) == 2
    assert motifs(lecture) == {"lignes_sans_personne": 2}
    assert lecture.fichiers[0].lignes == 2
    assert lecture.personnes[0].sources[0].ligne == 5


def test_someone_above_the_headings_is_not_lost() -> None:
    assert refus(ligne(contrat="C1") + liste(ligne())) == [("ligne_avant_entete", 1)]


def test_maiden_name_and_name_in_use() -> None:
    for header in ("Nom;Nom de jeune fille", "Nom;Nom de naissance", "Nom d'usage;Nom de naissance", "Nom;Née"):
        text = f"{header};Prénom;Né(e) le;Adresse\n" + "MARTIN;DUPRÉ;Zoé;12/03/1980;12 rue Bégon\n" * 6
        person = lire(text).personnes[0]
        assert (person.nom, person.usage) == ("DUPRÉ", "MARTIN"), header


def test_numbers_of_lines_are_no_house_numbers() -> None:
    text = "N°;Nom;Prénom;Né le;Voie\n" + "".join(f"{n};LY;Tom;0{n}/01/1990;{n + 3} rue Bégon\n" for n in range(1, 9))
    assert {p.adresse for p in lire(text).personnes} == {f"{n + 3} rue Bégon" for n in range(1, 9)}


def test_number_and_street_apart() -> None:
    for header in ("N°;Bis/Ter;Type de voie;Voie", "N° voie;Bis/Ter;Type de voie;Libellé voie"):
        text = f"Nom;Prénom;Né le;{header}\n" + "".join(f"LY;Tom;0{n}/01/1990;{n};bis;R.;Bégon\n" for n in range(1, 9))
        assert {p.adresse for p in lire(text).personnes} == {f"{n} bis rue Bégon" for n in range(1, 9)}, header


def test_the_kind_of_a_flat_does_not_say_which() -> None:
    text = "Nom;Prénom;Né le;Adresse;Logement\n" + "".join(
        f"L{c};Tom;0{n}/01/1990;3 rue Bégon;T3\n" for n, c in enumerate("ABCD", 1)
    )
    assert {(p.complement, p.foyer) for p in lire(text).personnes} == {("", None)}


def test_dates_written_month_first_are_seen_and_said() -> None:
    rows = "".join(f"LY;Tom;{n:02}/{n + 12}/1990;{n} rue Bégon\n" for n in range(1, 10))
    lecture = lire(f"Nom;Prénom;Né le;Adresse\n{rows}")
    assert [p.naissance.strftime("%d/%m") for p in lecture.personnes if p.naissance][:2] == ["13/01", "14/02"]
    assert "dates_mois_jour" in [avis.code for avis in lecture.avis]


def test_sexes_in_figures() -> None:
    rows = "".join(f"LY;{'Tom' if n % 2 else 'Awa'};{2 - n % 2};0{n}/01/1990;{n} rue Bégon\n" for n in range(1, 9))
    lecture = lire(f"Nom;Prénom;Sexe;Né le;Adresse\n{rows}")
    assert lecture.effectifs == {"F|Bégon": 4, "M|Bégon": 4}
    assert "sexe_en_chiffres" in [avis.code for avis in lecture.avis]


def test_civilite_and_sex_that_disagree() -> None:
    text = "Civilité;Sexe;Nom;Prénom;Né le;Adresse\nMme;M;LY;Noor;12/03/1980;3 rue Bégon\nMme;F;SOW;Awa;12/03/1981;4 rue Bégon\n"
    lecture = lire(text)
    assert qui(lecture) == ["LY Noor X", "SOW Awa F"]
    assert [avis.code for avis in lecture.avis] == ["civilites_de_la_ligne"]


def test_rows_cut_in_the_wrong_places_are_refused_with_their_line() -> None:
    broken = "Mme,SOW,Awa,12/03/1980,3, rue Bégon, Blois\n"
    good = "Mme,LY,Noor,12/03/1980,3 rue Bégon\n" * 30
    assert refus(f"Civ,Nom,Prénom,Né le,Adresse\n{good}{broken}") == [("ligne_trop_longue", 32)]
    many = f"Civ,Nom,Prénom,Né le,Adresse\n{good * 2}{broken * 25}"
    assert [code for code, _ in refus(many)] == ["ligne_trop_longue"] * 20 + ["et_autres_lignes"]


def settled(text: str, **changes: object) -> Colonnes:
    feuille = read_tables("liste.csv", text.encode())[0][0]
    return replace(locate("liste.csv", feuille, adultes=False)[0], **changes)  # type: ignore[arg-type]


def test_columns_are_a_value_to_show_correct_and_keep() -> None:
    text = "Civ;Nom;Prénom;Né le;Adresse;Note\nMme;DUPRÉ;Zoé;12/03/1980;12 rue Bégon;SOW\n"
    columns = settled(text)
    assert Colonnes.from_dict(json.loads(json.dumps(columns.to_dict()))) == columns
    corrected = columns.corrected(5, "nom_usage")
    assert corrected.empreinte == columns.empreinte
    again = "Liste de mars\n\n" + text.upper()
    lecture = lire(fichier(again, colonnes={"": corrected}))
    assert [(p.nom, p.usage) for p in lecture.personnes] == [("DUPRÉ", "SOW")]
    assert lecture.colonnes["liste.csv", ""].colonnes == corrected.colonnes
    with pytest.raises(ValueError, match="chef"):
        columns.corrected(0, "chef")


def test_settled_columns_are_not_used_on_other_headings() -> None:
    columns = settled(liste(ligne()))
    other = "Prénom;Nom;Né(e) le;Adresse\nZoé;DUPRÉ;12/03/1980;12 rue Bégon\n"
    assert refus(fichier(other, colonnes={"": columns})) == [("colonnes_changees", None)]


def test_a_list_without_headings_can_be_described_by_hand() -> None:
    text = "DUPRÉ;Zoé;12/03/1980;12 rue Bégon\nSOW;Awa;12/03/1981;13 rue Bégon\n"
    assert refus(text) == [("entete_introuvable", None)]
    roles = ("nom", "prenom", "naissance", "adresse")
    columns = Colonnes("", (), tuple(Colonne(str(i), role) for i, role in enumerate(roles)))
    assert qui(lire(fichier(text, colonnes={"": columns}))) == ["DUPRÉ Zoé X", "SOW Awa X"]


def test_several_sheets() -> None:
    rows = [line.split(";") for line in liste(ligne(), ligne(nom="SOW")).splitlines()]
    other = [line.split(";") for line in liste(ligne(nom="LY", prenom="Tom")).splitlines()]
    note = [["À lire avant d'envoyer"], ["Merci !"]]
    data = write_xlsx({"Note": note, "Nord": rows, "Sud": other, "Brouillon": rows, "Vide": []}, hidden=["Brouillon"])
    lecture = lire(fichier(data, "liste.xlsx"))
    assert len(lecture.personnes) == 3
    assert [s.reference for p in lecture.personnes for s in p.sources] == [
        "liste.xlsx[Nord]:2",
        "liste.xlsx[Sud]:2",
        "liste.xlsx[Nord]:3",
    ]
    said = {(avis.code, avis.params.get("feuille", "")) for avis in lecture.avis}
    assert said == {("feuille_masquee", "Brouillon"), ("feuille_ignoree", "Note"), ("plusieurs_feuilles", "")}


def test_a_sheet_that_is_a_list_with_a_column_missing_is_not_dropped() -> None:
    rows = [line.split(";") for line in liste(ligne()).splitlines()]
    data = write_xlsx({"Nord": rows, "Sud": [["Nom", "Prénom", "Né le"], ["LY", "Tom", "12/03/1980"]]})
    assert refus(fichier(data, "liste.xlsx")) == [("colonne_adresse_absente", None)]


def test_only_hidden_sheets() -> None:
    rows = [line.split(";") for line in liste(ligne()).splitlines()]
    data = write_xlsx({"Note": [["Voir l'autre feuille"]], "Liste": rows}, hidden=["Liste"])
    assert refus(fichier(data, "liste.xlsx")) == [("entete_introuvable", None)]


def test_cells_merged_downwards_belong_to_every_row() -> None:
    rows = [
        ["Contrat", "Civ", "Nom", "Prénom", "Né le", "Adresse"],
        ["C1", "Mme", "DUPRÉ", "Zoé", "12/03/1980", "12 rue Bégon"],
        ["", "M.", "SOW", "Tom", "12/03/1981", ""],
        ["C2", "M.", "LY", "Tom", "12/03/1982", "12 rue Bégon"],
    ]
    lecture = lire(fichier(write_xlsx({"L": rows}, merged=[(1, 0, 2, 0), (1, 5, 2, 5)]), "liste.xlsx"))
    assert len({p.foyer for p in lecture.personnes if p.nom in ("DUPRÉ", "SOW")} - {None}) == 1
    assert {p.adresse for p in lecture.personnes} == {"12 rue Bégon"}
