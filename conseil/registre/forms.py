"""Forms of the registers in preparation."""

import datetime

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from conseil.profil import BLOIS

NEEDED = InputRequired("Remplissez cette case.")


class ChantierForm(FlaskForm):
    """A register in preparation: its title, the day of the draw, the age asked on that day (R5)."""

    intitule = StringField("Titre", [NEEDED, Length(max=200, message="200 caractères au plus.")])
    date_du_tirage = DateField(
        "Jour du tirage",
        [InputRequired("Écrivez le jour, le mois et l'année.")],
        description="Les âges sont comptés ce jour-là. Vous pourrez le changer jusqu'au gel du registre.",
    )
    age_minimum = IntegerField(
        "Âge minimum ce jour-là",
        [InputRequired("Écrivez un nombre d'années."), NumberRange(0, 120, "Entre 0 et 120 ans.")],
        default=BLOIS.age_minimum,
        description="16 ans, sauf si l'annexe de méthode en décide autrement (R5).",
    )
    valider = SubmitField("Enregistrer")

    def validate_date_du_tirage(self, field: DateField) -> None:
        """A day that a draw can be on."""
        if field.data and not 2014 <= field.data.year <= datetime.date.today().year + 5:  # noqa: DTZ011
            raise ValidationError("Cette année n'est pas possible pour un tirage.")


class OppositionForm(FlaskForm):
    """Someone who asks not to be contacted."""

    nom = StringField("Nom de famille", [NEEDED, Length(max=120)], render_kw={"autocomplete": "off"})
    prenom = StringField("Premier prénom", [NEEDED, Length(max=120)], render_kw={"autocomplete": "off"})
    naissance = DateField(
        "Date de naissance, si vous la connaissez",
        [Optional()],
        description="Sans elle, toutes les personnes de ce nom et de ce prénom sont écartées.",
    )
    valider = SubmitField("Enregistrer l'opposition")
