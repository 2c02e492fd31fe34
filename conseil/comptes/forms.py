"""Forms of the accounts: each refusal says what to do, nothing typed is lost (but passwords)."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, SelectChoice, SelectField, StringField, SubmitField
from wtforms.validators import Email, InputRequired, Length, Optional, ValidationError

from conseil.access import Role
from conseil.comptes.rules import PASSWORD_MAX, PASSWORD_MIN
from conseil.messages import BORDS, ROLES

MAIL = Email("Cette adresse n'est pas complète. Une adresse ressemble à prenom.nom@ville.fr.")
NEEDED = InputRequired("Remplissez cette case.")


class ConnexionForm(FlaskForm):
    """Sign-in, first step."""

    courriel = StringField("Adresse électronique", [NEEDED], render_kw={"autocomplete": "username", "type": "email"})
    mot_de_passe = PasswordField("Mot de passe", [NEEDED], render_kw={"autocomplete": "current-password"})
    suite = HiddenField()
    entrer = SubmitField("Se connecter")


class CodeForm(FlaskForm):
    """A six-digit code read on the person's device."""

    code = StringField(
        "Code à 6 chiffres",
        [NEEDED, Length(max=12, message="Le code n'a que 6 chiffres.")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )
    valider = SubmitField("Valider")


class MotDePasseForm(FlaskForm):
    """A password chosen for the first time, or anew."""

    mot_de_passe = PasswordField(
        "Mot de passe choisi",
        [Optional(), Length(max=PASSWORD_MAX)],
        description=f"Au moins {PASSWORD_MIN} caractères. Une phrase que vous retenez convient très bien.",
        render_kw={"autocomplete": "new-password"},
    )
    encore = PasswordField("Le même, encore une fois", render_kw={"autocomplete": "new-password"})
    valider = SubmitField("Entrer")

    def validate_encore(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self.mot_de_passe.data:
            raise ValidationError("Les deux mots de passe ne sont pas les mêmes. Tapez-les de nouveau.")


class ChangementForm(MotDePasseForm):
    """A password changed by the person signed in."""

    actuel = PasswordField("Mot de passe actuel", [Optional()], render_kw={"autocomplete": "current-password"})
    valider = SubmitField("Changer le mot de passe")


class CompteForm(FlaskForm):
    """A new account."""

    nom = StringField(
        "Prénom et nom",
        [NEEDED, Length(max=120, message="120 caractères au plus.")],
        render_kw={"autocomplete": "off"},
    )
    courriel = StringField(
        "Adresse électronique",
        [NEEDED, MAIL, Length(max=254, message="254 caractères au plus.")],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    role = SelectField("Rôle", choices=[SelectChoice(role.value, ROLES[role]) for role in Role])
    bord = SelectField(
        "Pour un élu",
        choices=[SelectChoice("", "—"), *(SelectChoice(value, label) for value, label in BORDS.items())],
        description="Majorité ou opposition : le tirage demande la présence de l'une et de l'autre.",
    )
    inviter = SubmitField("Créer le compte et le lien d'invitation")

    def validate_bord(self, field: SelectField) -> None:
        """Asked of an élu, and of nobody else."""
        if self.role.data == Role.ELU and not field.data:
            raise ValidationError("Dites si cet élu siège dans la majorité ou dans l'opposition.")
