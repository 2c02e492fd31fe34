"""Accounts: sign-in, second factor, single-use links, limits, sign-out."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from conseil.access import Role
from conseil.comptes import limits, rules, services, session
from conseil.comptes.models import Compte, EssaiManque, Lien
from conseil.database import db, now
from conseil.errors import ConseilError
from tests.conftest import PASSWORD, make_account, sign_in


def code_now(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(now().timestamp()) // 30 + steps)


def enrol(role: Role) -> tuple[Compte, str]:
    compte, secret = db.session.get(Compte, make_account(role)), pyotp.random_base32()
    assert compte is not None
    services.confirm_totp(compte, secret, code_now(secret, -1))
    db.session.commit()
    return compte, secret


@pytest.mark.parametrize("role", list(Role))
def test_who_needs_a_second_factor(role: Role) -> None:
    asked = role in {Role.VILLE, Role.TRESORIER, Role.ADMINISTRATION}
    assert rules.needs_totp(role, demonstration=False) is asked
    assert rules.needs_totp(role, demonstration=True) is False


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("courte", "mot_de_passe_court"),
        ("onze lettre", "mot_de_passe_court"),
        ("douze lettres", None),
        ("a" * 12, "mot_de_passe_devinable"),
        ("abababababab", "mot_de_passe_devinable"),
        ("mon nadia.perrault 1", "mot_de_passe_devinable"),
        ("x" * 50 + "été comme hiver" * 11, "mot_de_passe_long"),
        ("كلمة مرور طويلة", None),
    ],
)
def test_passwords(password: str, fault: str | None) -> None:
    assert rules.password_fault(password, "nadia.perrault@ville.example") == fault


def test_sign_in_and_out(client: FlaskClient, app: Flask) -> None:
    make_account(Role.PORTEUSE)
    sign_in(client, " Porteuse@ESSAI.example ")
    assert client.get("/compte").status_code == 200
    assert client.get("/deconnexion").status_code == 405
    assert client.post("/deconnexion").status_code == 302
    assert client.get("/compte").status_code == 302


@pytest.mark.parametrize(
    ("courriel", "password"),
    [
        ("porteuse@essai.example", "une autre phrase"),
        ("personne@essai.example", PASSWORD),
        ("porteuse@essai.example", " "),
    ],
)
def test_a_wrong_sign_in_says_the_same_to_all(client: FlaskClient, courriel: str, password: str) -> None:
    make_account(Role.PORTEUSE)
    answer = client.post("/connexion", data={"courriel": courriel, "mot_de_passe": password})
    assert answer.status_code in (200, 400)
    assert client.get("/compte").status_code == 302
    if password.strip():
        assert "L&#39;adresse ou le mot de passe" in answer.text


def test_a_role_that_needs_it_sets_its_device_up_first(client: FlaskClient) -> None:
    make_account(Role.VILLE)
    sign_in(client, "ville@essai.example")
    assert client.get("/registres").headers["Location"] == "/compte/appareil"
    assert client.get("/").status_code == 200
    page = client.get("/compte/appareil")
    with client.session_transaction() as kept:
        secret = kept["nouveau_totp"]
    assert secret[:4] in page.text
    assert client.get("/compte/appareil.svg").status_code == 200
    assert client.post("/compte/appareil", data={"code": "000000"}).status_code == 200
    assert client.get("/registres").status_code == 302
    assert client.post("/compte/appareil", data={"code": code_now(secret)}).status_code == 302
    assert client.get("/registres").status_code == 200


def test_a_code_serves_once(app: Flask, client: FlaskClient) -> None:
    _, secret = enrol(Role.VILLE)
    other = app.test_client()
    for browser in (client, other):
        sign_in(browser, "ville@essai.example")
        assert browser.get("/registres").status_code == 302
    code = code_now(secret)
    assert client.post("/connexion/code", data={"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    assert client.get("/registres").status_code == 200
    assert other.post("/connexion/code", data={"code": code}).status_code == 200
    assert other.get("/registres").status_code == 302


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_codes_of_neighbouring_steps(app: Flask, steps: int, right: bool) -> None:
    secret = pyotp.random_base32()
    compte = Compte(courriel="a@b.example", nom="A", role=Role.VILLE, totp_secret=secret, totp_dernier=0)
    db.session.add(compte)
    assert services.totp_right(compte, code_now(secret, steps)) is right


@pytest.mark.parametrize("typed", ["", "abc", "１２３４５６", "12345", "é" * 6])
def test_anything_may_be_typed_as_a_code(app: Flask, typed: str) -> None:
    assert services.matching_step(pyotp.random_base32(), typed) is None


def test_errors_make_an_account_wait_but_never_another(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    make_account(Role.PORTEUSE)
    for _ in range(rules.ERRORS_PER_ACCOUNT):
        client.post("/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": "faux"})
    refused = client.post("/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": PASSWORD})
    assert refused.status_code == 429
    assert "Attendez 15 minutes" in refused.text
    sign_in(client, "porteuse@essai.example")
    kept = db.session.scalars(select(EssaiManque.cle)).all()
    assert kept
    assert not any("@" in key for key in kept)


def test_errors_of_one_address_over_many_accounts_are_counted(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    for number in range(rules.ERRORS_PER_ADDRESS):
        client.post("/connexion", data={"courriel": f"a{number}@essai.example", "mot_de_passe": "faux"})
    refused = client.post("/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": PASSWORD})
    assert refused.status_code == 429


def test_old_errors_are_forgotten(app: Flask) -> None:
    for _ in range(rules.ERRORS_PER_ACCOUNT):
        limits.count_error("a@b.example", "127.0.0.1")
    with pytest.raises(ConseilError, match="trop_d_essais"):
        limits.check("a@b.example", "127.0.0.1")
    for essai in db.session.scalars(select(EssaiManque)):
        essai.quand -= rules.WINDOW
    db.session.flush()
    limits.check("a@b.example", "127.0.0.1")


def test_a_link_serves_once(app: Flask, client: FlaskClient) -> None:
    compte = services.create("nouveau@essai.example", "Nouvelle Personne", Role.PORTEUSE)
    token = services.issue_link(compte)
    db.session.commit()
    assert "Bienvenue, Nouvelle Personne" in client.get(f"/lien/{token}").text
    short = client.post(f"/lien/{token}", data={"mot_de_passe": "court", "encore": "court"})
    assert "trop court" in short.text
    unequal = client.post(f"/lien/{token}", data={"mot_de_passe": PASSWORD, "encore": PASSWORD + "!"})
    assert "pas les mêmes" in unequal.text
    assert client.post(f"/lien/{token}", data={"mot_de_passe": PASSWORD, "encore": PASSWORD}).status_code == 302
    assert client.get("/compte").status_code == 200
    again = app.test_client().get(f"/lien/{token}")
    assert again.status_code == 404
    assert "déjà servi" in again.text
    sign_in(app.test_client(), "nouveau@essai.example")


def test_a_member_enters_by_link_alone_and_staff_do_not(app: Flask, client: FlaskClient) -> None:
    for role, status in ((Role.MEMBRE, 302), (Role.PORTEUSE, 200)):
        compte = services.create(f"{role}@lien.example", "Quelqu'un", role)
        token = services.issue_link(compte)
        db.session.commit()
        assert app.test_client().post(f"/lien/{token}", data={}).status_code == status


def test_a_link_expires_and_a_new_one_ends_the_old(app: Flask, client: FlaskClient) -> None:
    compte = services.create("nouveau@essai.example", "Nouvelle", Role.PORTEUSE)
    first = services.issue_link(compte)
    second = services.issue_link(compte)
    db.session.commit()
    assert client.get(f"/lien/{first}").status_code == 404
    lien = db.session.scalars(select(Lien).where(Lien.empreinte == services.token_hash(second))).one()
    lien.expire_le = now()
    db.session.commit()
    assert client.get(f"/lien/{second}").status_code == 404
    assert client.get("/lien/nimporte").status_code == 404


def test_a_link_does_not_go_round_the_device(app: Flask, client: FlaskClient) -> None:
    compte, _ = enrol(Role.VILLE)
    token = services.issue_link(compte)
    db.session.commit()
    answer = client.post(f"/lien/{token}", data={"mot_de_passe": PASSWORD, "encore": PASSWORD})
    assert answer.headers["Location"] == "/connexion/code"
    assert client.get("/registres").status_code == 302


def test_one_link_clicked_ten_times_at_once_enters_once(app: Flask) -> None:
    compte = services.create("nouveau@essai.example", "Nouvelle", Role.MEMBRE)
    token = services.issue_link(compte)
    db.session.commit()

    def click(_: int) -> int:
        return app.test_client().post(f"/lien/{token}", data={}).status_code

    with ThreadPoolExecutor(10) as pool:
        assert sorted(pool.map(click, range(10))) == [302] + [404] * 9


def test_a_changed_password_ends_the_other_sessions(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    other = app.test_client()
    for browser in (client, other):
        sign_in(browser, "elu@essai.example")
    wrong = client.post(
        "/compte", data={"actuel": "faux", "mot_de_passe": "encore une phrase", "encore": "encore une phrase"}
    )
    assert "pas votre mot de passe actuel" in wrong.text
    right = {"actuel": PASSWORD, "mot_de_passe": "encore une phrase", "encore": "encore une phrase"}
    assert client.post("/compte", data=right).status_code == 302
    assert client.get("/compte").status_code == 200
    assert other.get("/compte").status_code == 302


def test_a_closed_account_is_out_at_once(app: Flask, client: FlaskClient) -> None:
    number = make_account(Role.ELU)
    sign_in(client, "elu@essai.example")
    compte = db.session.get(Compte, number)
    assert compte is not None
    services.set_active(compte, False)
    db.session.commit()
    assert client.get("/compte").status_code == 302
    answer = client.post("/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": PASSWORD})
    assert answer.status_code == 400


def test_a_session_ends_with_its_time(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    make_account(Role.MEMBRE)
    for role, open_still in ((Role.ELU, 302), (Role.MEMBRE, 200)):
        sign_in(client, f"{role}@essai.example")
        with client.session_transaction() as kept:
            kept[session.SINCE] -= int(rules.STAFF_SESSION.total_seconds()) + 1
        assert client.get("/compte").status_code == open_still


def test_the_last_administrator_stays(app: Flask) -> None:
    first = db.session.get(Compte, make_account(Role.ADMINISTRATION))
    second = db.session.get(Compte, make_account(Role.ADMINISTRATION, "b@essai.example"))
    assert first is not None
    assert second is not None
    services.set_active(first, False)
    with pytest.raises(ConseilError, match="dernier_administrateur"):
        services.set_active(second, False)


def test_administration_invites_closes_and_forgets(app: Flask, client: FlaskClient) -> None:
    _, secret = enrol(Role.ADMINISTRATION)
    compte, _ = enrol(Role.VILLE)
    sign_in(client, "administration@essai.example")
    client.post("/connexion/code", data={"code": code_now(secret)})
    page = client.post(
        "/comptes", data={"nom": "Jeanne <b>", "courriel": "jeanne@ville.example", "role": "elu", "bord": "opposition"}
    )
    assert "/lien/" in page.text
    assert "<b>" not in page.text
    twice = client.post(
        "/comptes", data={"nom": "Jeanne", "courriel": "JEANNE@ville.example", "role": "membre", "bord": ""}
    )
    assert "existe déjà" in twice.text
    no_side = client.post("/comptes", data={"nom": "Paul", "courriel": "paul@ville.example", "role": "elu", "bord": ""})
    assert "majorité ou dans l" in no_side.text
    assert "paul@ville.example" in no_side.text
    for gesture in ("fermer", "rouvrir", "oublier-appareil"):
        assert client.post(f"/comptes/{compte.id}/{gesture}").status_code == 302
    assert client.post("/comptes/9999/fermer").status_code == 404
    db.session.expire_all()
    assert compte.actif
    assert not compte.has_totp


def test_the_first_account_comes_from_the_shell(app: Flask, client: FlaskClient) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(args=["comptes", "inviter", "a@b.example", "--nom", "A", "--role", "administration"])
    assert made.exit_code == 0
    assert client.get(made.output.strip().replace("http://127.0.0.1:8000", "")).status_code == 200
    assert runner.invoke(args=["comptes", "inviter", "c@b.example", "--nom", "C", "--role", "elu"]).exit_code == 2


def test_tables_hold_no_password_and_no_token(app: Flask) -> None:
    compte = services.create("nouveau@essai.example", "Nouvelle", Role.PORTEUSE)
    token = services.issue_link(compte)
    services.set_password(compte, PASSWORD)
    assert compte.mot_de_passe is not None
    assert compte.mot_de_passe.startswith("$argon2id$")
    assert token not in db.session.scalars(select(Lien.empreinte)).all()
