"""Decisions about a draw's life, from what is known of it; each gives the code of its refusal, or None.

R11, R12, R13 and methode-tirage §3 say what may happen when. Nothing here reads a database or a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# methode-tirage, « The kinds of draw ».
NATURES = ("habitants", "volontaires", "associations", "personnes")
# fige: published, no witness yet. ceremonie: the room is open. The last three end the draw (R13).
ETATS = ("fige", "ceremonie", "tire", "retire", "annule", "invalide")
QUALITES = ("elu_majorite", "elu_opposition", "delegue_prefet", "seance", "habitant", "autre")
QUALITES_VALIDATION = ("maire", "prefet", "signataire", "echantillon")
# Attending is a public function, and a meeting has no private name: these may be published (« Who may see what »).
PUBLIC_QUALITES = frozenset({"elu_majorite", "elu_opposition", "delegue_prefet", "seance"})
R11 = frozenset({"elu_majorite", "elu_opposition", "delegue_prefet"})
# What a draw asks → qualities of which at least one must be there.
TEMOINS_REQUIS: dict[str, frozenset[str]] = {"r11": R11, "deux": frozenset(), "seance": frozenset({"seance"})}
WITNESSES_AT_LEAST = {"r11": 3, "deux": 2, "seance": 1}
CONFIRMATIONS = {"r11": 2, "deux": 2, "seance": 1}


class Etape(StrEnum):
    """Where the ceremony stands; the projector, the laptop and the phones all show the same."""

    FIGE = "fige"
    TEMOINS = "temoins"
    EMPREINTE = "empreinte"
    GOBELETS = "gobelets"
    LEVER = "lever"
    DES = "des"
    RELECTURE = "relecture"
    CONFIRMATION = "confirmation"
    REVELATION = "revelation"
    FINI = "fini"
    ARRETE = "arrete"


@dataclass(frozen=True)
class Presence:
    """A witness, as the rules see one. empreinte, des: what they confirmed."""

    qualite: str
    par_appareil: bool
    present: bool = True
    empreinte: bool = False
    des: bool = False


@dataclass(frozen=True)
class Situation:
    """All that decides what may happen next. gobelets: dice per cup, in order. saisis: dice entered so far."""

    etat: str
    nombre_des: int
    places: int
    temoins_requis: str = "r11"
    repetition: bool = False
    temoins: tuple[Presence, ...] = ()
    gobelets: tuple[int, ...] = ()
    leves: bool = False
    saisis: int = 0
    relu: bool = False
    reveles: int = 0
    lettres: bool = False
    accords: tuple[Presence, ...] = field(default=())


def counts(etat: str, repetition: bool) -> bool:
    """Whether a draw's result gives anybody anything: drawn, not ended, and no rehearsal (R13)."""
    return etat == "tire" and not repetition


def witness_quality(role: str, bord: str | None) -> str | None:
    """The quality in which an account attends (R11); None for a role that is no witness by itself."""
    if role == "elu":
        return "elu_majorite" if bord == "majorite" else "elu_opposition"
    return {"prefecture": "delegue_prefet", "membre": "habitant"}.get(role)


def missing_qualities(situation: Situation) -> tuple[str, ...]:
    """The qualities nobody present has, in the order they are announced (R11)."""
    there = {witness.qualite for witness in situation.temoins if witness.present}
    wanted = TEMOINS_REQUIS[situation.temoins_requis]
    return tuple(quality for quality in QUALITES if quality in wanted and quality not in there)


def witnesses_fault(situation: Situation) -> str | None:
    """Without the witnesses recorded as present, the dice page stays closed (R11)."""
    there = sum(witness.present for witness in situation.temoins)
    if missing_qualities(situation):
        return "temoins_manquants"
    return "temoins_trop_peu" if there < WITNESSES_AT_LEAST[situation.temoins_requis] else None


def may_confirm(situation: Situation, witness: Presence) -> bool:
    """Whether a witness's word is a confirmation: on their own device for R11; in a rehearsal, and for the other
    kinds of draw, aloud as well (methode-tirage §3, « The kinds of draw »)."""
    if situation.temoins_requis == "r11" and witness.qualite not in R11:
        return False
    return witness.par_appareil or situation.repetition or situation.temoins_requis != "r11"


def confirmations(situation: Situation, what: str) -> int:
    """How many witnesses' confirmations of `empreinte` or `des` count (R11)."""
    return sum(getattr(witness, what) and may_confirm(situation, witness) for witness in situation.temoins)


def confirmed(situation: Situation, what: str) -> bool:
    """Whether enough witnesses confirmed (R11: at least two, on their own device)."""
    return confirmations(situation, what) >= CONFIRMATIONS[situation.temoins_requis]


def etape(situation: Situation) -> Etape:
    """The step the room is at, from what is recorded; a witness who leaves takes it back (R11)."""
    if situation.etat == "fige":
        return Etape.FIGE
    if situation.etat == "tire":
        return Etape.FINI if situation.reveles >= situation.places else Etape.REVELATION
    if situation.etat != "ceremonie":
        return Etape.ARRETE
    if witnesses_fault(situation):
        return Etape.TEMOINS
    if not confirmed(situation, "empreinte"):
        return Etape.EMPREINTE
    if sum(situation.gobelets) != situation.nombre_des:
        return Etape.GOBELETS
    if not situation.leves:
        return Etape.LEVER
    if situation.saisis < situation.nombre_des:
        return Etape.DES
    return Etape.CONFIRMATION if situation.relu else Etape.RELECTURE


def open_fault(situation: Situation) -> str | None:
    """The ceremony opens on a frozen draw, once (R13)."""
    return _closed(situation) if situation.etat not in ("fige", "ceremonie") else None


def attendance_fault(situation: Situation) -> str | None:
    """Witnesses come and go while the room is open."""
    return None if situation.etat == "ceremonie" else _closed(situation)


def fingerprint_fault(situation: Situation) -> str | None:
    """The fingerprint is confirmed before the first die, so that nothing can follow from the dice."""
    if situation.etat != "ceremonie":
        return _closed(situation)
    return "des_commences" if situation.saisis else None


def cups_fault(situation: Situation, wanted: Sequence[int]) -> str | None:
    """How many dice each shakes is fixed before any cup is lifted, and makes the whole (methode-tirage §3)."""
    if situation.etat not in ("fige", "ceremonie"):
        return _closed(situation)
    if situation.leves:
        return "gobelets_leves"
    if any(n < 1 for n in wanted):
        return "gobelet_vide"
    return None if sum(wanted) == situation.nombre_des else "gobelets_total"


def lift_fault(situation: Situation) -> str | None:
    """All cups are lifted together once witnesses, fingerprint and cups are there (R11, methode-tirage §3)."""
    if situation.etat != "ceremonie":
        return _closed(situation)
    if fault := witnesses_fault(situation):
        return fault
    if not confirmed(situation, "empreinte"):
        return "empreinte_a_confirmer"
    return None if sum(situation.gobelets) == situation.nombre_des else "gobelets_a_regler"


def digit_fault(situation: Situation, position: int, chiffre: int) -> str | None:
    """A digit is entered in its turn, with the witnesses there, after the cups are lifted (R11, §3)."""
    if fault := lift_fault(situation):
        return fault
    if not situation.leves:
        return "gobelets_a_lever"
    if not 0 <= chiffre <= 9:
        return "chiffre_faux"
    if situation.saisis >= situation.nombre_des or position >= situation.nombre_des:
        return "des_complets"
    return None if position == situation.saisis else "de_pas_son_tour"


def correction_fault(situation: Situation, position: int, chiffre: int) -> str | None:
    """A typing error is put right until the witnesses have confirmed: after the result, never (§3)."""
    if situation.etat != "ceremonie":
        return _closed(situation)
    if fault := witnesses_fault(situation):
        return fault
    if not 0 <= chiffre <= 9:
        return "chiffre_faux"
    return None if 0 <= position < situation.saisis else "de_absent"


def read_back_fault(situation: Situation) -> str | None:
    """All the dice are read back aloud, once they are all entered, before anybody confirms them (§3)."""
    if situation.etat != "ceremonie":
        return _closed(situation)
    if fault := witnesses_fault(situation):
        return fault
    return None if situation.saisis == situation.nombre_des else "des_incomplets"


def dice_fault(situation: Situation) -> str | None:
    """Witnesses confirm complete dice that were read back (R11, methode-tirage §3)."""
    if situation.etat == "tire":
        return None
    if fault := read_back_fault(situation):
        return fault
    return None if situation.relu else "des_a_relire"


def draw_fault(situation: Situation) -> str | None:
    """The result follows when enough witnesses confirmed fingerprint and dice, and only once (R11, R13)."""
    if fault := dice_fault(situation) or lift_fault(situation):
        return fault
    return None if confirmed(situation, "des") else "des_a_confirmer"


def withdraw_fault(situation: Situation) -> str | None:
    """Before the first die a draw can be withdrawn, with a reason (R13)."""
    if situation.etat not in ("fige", "ceremonie"):
        return _closed(situation)
    return "retrait_trop_tard" if situation.saisis else None


def cancel_fault(situation: Situation) -> str | None:
    """From the first digit on the draw is completed, or cancelled by its witnesses; not once letters left (R13)."""
    if situation.lettres:
        return "annulation_trop_tard"
    if situation.etat not in ("ceremonie", "tire"):
        return _closed(situation)
    return None if situation.saisis else "annulation_trop_tot"


def cancellation_agreed(situation: Situation) -> bool:
    """The witnesses together: one of each required quality, and as many as the draw asks (R13, §3)."""
    wanted = TEMOINS_REQUIS[situation.temoins_requis]
    agreed = [witness for witness in situation.accords if not wanted or witness.qualite in wanted]
    enough = len(agreed) >= WITNESSES_AT_LEAST[situation.temoins_requis]
    return enough and wanted <= {witness.qualite for witness in agreed}


def invalidate_fault(situation: Situation) -> str | None:
    """A court's or the préfet's decision ends a draw that gave a result (R13)."""
    return None if situation.etat == "tire" else _closed(situation)


def reveal_fault(situation: Situation, rang: int) -> str | None:
    """Ranks are shown one by one, in order."""
    if situation.etat != "tire":
        return _closed(situation) if situation.etat != "ceremonie" else "des_a_confirmer"
    return None if rang <= situation.places else "rang_inconnu"


def fair_cups(nombre_des: int, holders: int) -> tuple[int, ...]:
    """Dice shared as evenly as they can be, the first holders having one more where it does not divide."""
    share, more = divmod(nombre_des, max(1, holders))
    return tuple(share + (position < more) for position in range(max(1, holders)))


def _closed(situation: Situation) -> str:
    codes = {"fige": "ceremonie_fermee", "ceremonie": "ceremonie_ouverte", "tire": "tirage_deja_fait"}
    return codes.get(situation.etat, "tirage_arrete")
