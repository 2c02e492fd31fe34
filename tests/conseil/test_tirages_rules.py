"""The rules of a draw's life, by tables: R11, R12, R13, methode-tirage §3."""

from dataclasses import replace

import pytest

from conseil.tirages import rules
from conseil.tirages.rules import Etape, Presence, Situation

MAJORITE = Presence("elu_majorite", par_appareil=True)
OPPOSITION = Presence("elu_opposition", par_appareil=True)
DELEGUE = Presence("delegue_prefet", par_appareil=True)
HABITANT = Presence("habitant", par_appareil=False)
THREE = (MAJORITE, OPPOSITION, DELEGUE)
SURE = tuple(replace(witness, empreinte=True) for witness in THREE)
EMPTY = Situation("ceremonie", nombre_des=24, places=32)
READY = replace(EMPTY, temoins=SURE, gobelets=(8, 8, 8))
ROLLING = replace(READY, leves=True)
ROLLED = replace(ROLLING, saisis=24)
READ = replace(ROLLED, relu=True)


def by_hand(*witnesses: Presence) -> tuple[Presence, ...]:
    return tuple(replace(witness, par_appareil=False) for witness in witnesses)


@pytest.mark.parametrize(
    ("temoins", "missing"),
    [
        ((), ("elu_majorite", "elu_opposition", "delegue_prefet")),
        (THREE, ()),
        (by_hand(*THREE), ()),
        (THREE[:2], ("delegue_prefet",)),
        ((MAJORITE, MAJORITE, DELEGUE), ("elu_opposition",)),
        ((HABITANT, HABITANT, HABITANT), ("elu_majorite", "elu_opposition", "delegue_prefet")),
        ((MAJORITE, OPPOSITION, replace(DELEGUE, present=False)), ("delegue_prefet",)),
    ],
)
def test_the_three_of_r11(temoins: tuple[Presence, ...], missing: tuple[str, ...]) -> None:
    assert rules.missing_qualities(replace(EMPTY, temoins=temoins)) == missing


@pytest.mark.parametrize(
    ("requis", "temoins", "fault"),
    [
        ("r11", THREE, None),
        ("r11", THREE[:2], "temoins_manquants"),
        ("deux", (HABITANT,), "temoins_trop_peu"),
        ("deux", (HABITANT, MAJORITE), None),
        ("seance", (HABITANT, MAJORITE), "temoins_manquants"),
        ("seance", (Presence("seance", par_appareil=False),), None),
    ],
)
def test_who_must_be_there_by_kind(requis: str, temoins: tuple[Presence, ...], fault: str | None) -> None:
    assert rules.witnesses_fault(replace(EMPTY, temoins_requis=requis, temoins=temoins)) == fault


@pytest.mark.parametrize(
    ("requis", "repetition", "witness", "counts"),
    [
        ("r11", False, MAJORITE, True),
        ("r11", False, replace(MAJORITE, par_appareil=False), False),
        ("r11", False, replace(HABITANT, par_appareil=True), False),
        ("r11", True, replace(MAJORITE, par_appareil=False), True),
        ("deux", False, HABITANT, True),
        ("seance", False, Presence("seance", par_appareil=False), True),
    ],
)
def test_whose_confirmation_counts(requis: str, repetition: bool, witness: Presence, counts: bool) -> None:
    situation = replace(EMPTY, temoins_requis=requis, repetition=repetition)
    assert rules.may_confirm(situation, witness) is counts


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (replace(EMPTY, etat="fige"), Etape.FIGE),
        (EMPTY, Etape.TEMOINS),
        (replace(EMPTY, temoins=THREE), Etape.EMPREINTE),
        (replace(EMPTY, temoins=(SURE[0], OPPOSITION, DELEGUE)), Etape.EMPREINTE),
        (replace(EMPTY, temoins=SURE), Etape.GOBELETS),
        (replace(EMPTY, temoins=SURE, gobelets=(8, 8)), Etape.GOBELETS),
        (READY, Etape.LEVER),
        (ROLLING, Etape.DES),
        (replace(ROLLING, saisis=23), Etape.DES),
        (ROLLED, Etape.RELECTURE),
        (READ, Etape.CONFIRMATION),
        (replace(READ, temoins=(*SURE[:2], replace(SURE[2], present=False))), Etape.TEMOINS),
        (replace(READ, etat="tire"), Etape.REVELATION),
        (replace(READ, etat="tire", reveles=32), Etape.FINI),
        *((replace(READ, etat=etat), Etape.ARRETE) for etat in ("retire", "annule", "invalide")),
    ],
)
def test_the_step_of_the_room(situation: Situation, expected: Etape) -> None:
    assert rules.etape(situation) == expected


@pytest.mark.parametrize(
    ("situation", "position", "chiffre", "fault"),
    [
        (ROLLING, 0, 0, None),
        (replace(ROLLING, saisis=5), 5, 9, None),
        (replace(ROLLING, saisis=5), 6, 9, "de_pas_son_tour"),
        (ROLLING, 0, 10, "chiffre_faux"),
        (ROLLING, -1, 3, "de_pas_son_tour"),
        (ROLLED, 24, 3, "des_complets"),
        (READY, 0, 3, "gobelets_a_lever"),
        (replace(READY, gobelets=()), 0, 3, "gobelets_a_regler"),
        (replace(ROLLING, temoins=THREE), 0, 3, "empreinte_a_confirmer"),
        (replace(ROLLING, temoins=SURE[:2]), 0, 3, "temoins_manquants"),
        (replace(ROLLING, temoins=(*SURE[:2], replace(SURE[2], present=False))), 0, 3, "temoins_manquants"),
        (replace(ROLLING, etat="fige"), 0, 3, "ceremonie_fermee"),
        (replace(ROLLING, etat="tire"), 0, 3, "tirage_deja_fait"),
        (replace(ROLLING, etat="retire"), 0, 3, "tirage_arrete"),
    ],
)
def test_when_a_digit_may_be_entered(situation: Situation, position: int, chiffre: int, fault: str | None) -> None:
    assert rules.digit_fault(situation, position, chiffre) == fault


@pytest.mark.parametrize(
    ("situation", "wanted", "fault"),
    [
        (EMPTY, (8, 8, 8), None),
        (replace(EMPTY, etat="fige"), (24,), None),
        (EMPTY, (8, 8), "gobelets_total"),
        (EMPTY, (8, 8, 9), "gobelets_total"),
        (EMPTY, (24, 0), "gobelet_vide"),
        (ROLLING, (24,), "gobelets_leves"),
        (replace(EMPTY, etat="tire"), (24,), "tirage_deja_fait"),
    ],
)
def test_cups_are_fixed_beforehand(situation: Situation, wanted: tuple[int, ...], fault: str | None) -> None:
    assert rules.cups_fault(situation, wanted) == fault


def confirmed(count: int) -> tuple[Presence, ...]:
    return tuple(replace(witness, des=position < count) for position, witness in enumerate(SURE))


@pytest.mark.parametrize(
    ("situation", "fault"),
    [
        (replace(READ, temoins=confirmed(2)), None),
        (replace(READ, temoins=confirmed(1)), "des_a_confirmer"),
        (replace(READ, temoins=by_hand(*confirmed(3))), "empreinte_a_confirmer"),
        (replace(READ, temoins=confirmed(2), relu=False), "des_a_relire"),
        (replace(READ, temoins=confirmed(2), saisis=23), "des_incomplets"),
        (replace(READ, temoins=confirmed(2)[:2]), "temoins_manquants"),
    ],
)
def test_when_the_result_may_come(situation: Situation, fault: str | None) -> None:
    assert rules.draw_fault(situation) == fault


@pytest.mark.parametrize(
    ("situation", "withdraw", "cancel", "invalidate"),
    [
        (replace(EMPTY, etat="fige"), None, "ceremonie_fermee", "ceremonie_fermee"),
        (ROLLING, None, "annulation_trop_tot", "ceremonie_ouverte"),
        (replace(ROLLING, saisis=1), "retrait_trop_tard", None, "ceremonie_ouverte"),
        (replace(READ, etat="tire"), "tirage_deja_fait", None, None),
        (replace(READ, etat="tire", lettres=True), "tirage_deja_fait", "annulation_trop_tard", None),
        (replace(READ, etat="annule"), "tirage_arrete", "tirage_arrete", "tirage_arrete"),
        (replace(READ, etat="invalide"), "tirage_arrete", "tirage_arrete", "tirage_arrete"),
    ],
)
def test_how_a_draw_may_end(situation: Situation, withdraw: str | None, cancel: str | None, invalidate: str) -> None:
    assert rules.withdraw_fault(situation) == withdraw
    assert rules.cancel_fault(situation) == cancel
    assert rules.invalidate_fault(situation) == invalidate


@pytest.mark.parametrize(
    ("requis", "accords", "agreed"),
    [
        ("r11", THREE, True),
        ("r11", by_hand(*THREE), True),
        ("r11", THREE[:2], False),
        ("r11", (MAJORITE, MAJORITE, OPPOSITION), False),
        ("r11", (*THREE[:2], HABITANT), False),
        ("deux", (HABITANT, HABITANT), True),
        ("deux", (HABITANT,), False),
        ("seance", (Presence("seance", par_appareil=False),), True),
    ],
)
def test_the_witnesses_together(requis: str, accords: tuple[Presence, ...], agreed: bool) -> None:
    assert rules.cancellation_agreed(replace(ROLLED, temoins_requis=requis, accords=accords)) is agreed


@pytest.mark.parametrize("etat", rules.ETATS)
@pytest.mark.parametrize("repetition", [True, False])
def test_only_a_drawn_draw_that_is_no_rehearsal_counts(etat: str, repetition: bool) -> None:
    assert rules.counts(etat, repetition) is (etat == "tire" and not repetition)


@pytest.mark.parametrize(
    ("role", "bord", "quality"),
    [
        ("elu", "majorite", "elu_majorite"),
        ("elu", "opposition", "elu_opposition"),
        ("prefecture", None, "delegue_prefet"),
        ("membre", None, "habitant"),
        ("ville", None, None),
        ("administration", None, None),
        ("porteuse", None, None),
    ],
)
def test_the_quality_of_an_account(role: str, bord: str | None, quality: str | None) -> None:
    assert rules.witness_quality(role, bord) == quality


@pytest.mark.parametrize(("dice", "holders", "cups"), [(24, 3, (8, 8, 8)), (25, 3, (9, 8, 8)), (24, 0, (24,))])
def test_fair_cups(dice: int, holders: int, cups: tuple[int, ...]) -> None:
    assert rules.fair_cups(dice, holders) == cups
