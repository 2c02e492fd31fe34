"""The demonstration's accounts: one per role, with a password that the sign-in page shows."""

from collections.abc import Callable

from flask import Flask

from conseil.access import Role
from conseil.comptes import services
from conseil.comptes.models import Compte
from conseil.rooms import Chapter, rooms

# Known to everyone: these accounts exist in demonstration mode only, where nothing is real.
DEMO_PASSWORD = "demo-conseil-2026"  # noqa: S105
DEMO = (
    ("ville", "Nadia Perrault", Role.VILLE, None),
    ("porteuse", "Claire Vasseur", Role.PORTEUSE, None),
    ("tresorier", "Bruno Lacaze", Role.TRESORIER, None),
    ("prefecture", "Hélène Maréchal", Role.PREFECTURE, None),
    ("elu", "Philippe Garnaud", Role.ELU, "majorite"),
    ("opposition", "Sylvie Tanguy", Role.ELU, "opposition"),
    ("membre", "Farid Benhamou", Role.MEMBRE, None),
    ("administration", "Odile Renaudin", Role.ADMINISTRATION, None),
)


def demo_comptes() -> list[Compte]:
    """The demonstration's accounts that exist, in the order above."""
    return [compte for name, *_ in DEMO if (compte := services.find(f"{name}@demo.example"))]


def tell(say: Callable[[str], None]) -> None:
    """Create the accounts that are missing."""
    for name, nom, role, bord in DEMO:
        if services.find(f"{name}@demo.example") is None:
            compte = services.create(f"{name}@demo.example", nom, role, bord)
            compte.mot_de_passe = services.hasher().hash(DEMO_PASSWORD)
    say(f"Comptes : {len(DEMO)}, un par rôle, mot de passe {DEMO_PASSWORD}")


def install(app: Flask) -> None:
    """Hand the chapter to the demonstration."""
    rooms(app).chapters.append(Chapter(10, "comptes", tell))
