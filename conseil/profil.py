"""The profile of rules: every number of `regles.md` that a decision uses, as data with its source.

Only one profile ships: « Blois 2015-2020 ». Sources: [A5] Annexe 5 of the contract, [P3] its Part III 2c,
[lecture] our reading where the text is silent.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profil:
    """One frozen set of rules, stored with each cycle so that a past decision keeps the rules it was taken under."""

    nom: str = "Blois 2015-2020"
    places_tirage: int = 32  # R10 [A5]: residents drawn and ranked
    places_tirees: int = 8  # R1 [P3]: of whom the first 8 favourable, by rank, sit
    age_minimum: int = 16  # R5 [lecture]: on the day of the draw
    critere_parite: str = "genre"  # R10 [A5]
    critere_proportionnel: str = "secteur"  # R10 [A5]
    foyer_maximum: int = 12  # methode-tirage §1: a larger household is shown and needs a reason
    type_minimum: int = 5  # methode-tirage §1: a thinner type is shown to the clerk


BLOIS = Profil()
