"""Closed by default: a view that says nothing keeps the program from starting; each declaration is enforced."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conseil.access import AccessError, Role, check_declared, only, public, signed_in
from tests.conftest import make_account, sign_in


def test_a_silent_view_stops_the_start(app: Flask) -> None:
    check_declared(app)
    app.view_functions["muette"] = lambda: "ouverte ?"
    app.url_map.add(app.url_rule_class("/muette", endpoint="muette"))
    with pytest.raises(AccessError, match="muette"):
        check_declared(app)


@pytest.fixture
def doors(app: Flask) -> FlaskClient:
    for name, declare in (("publique", public), ("connectee", signed_in), ("ville", only(Role.VILLE))):
        app.view_functions[name] = declare(lambda: "ouvert")
        app.url_map.add(app.url_rule_class(f"/{name}", endpoint=name, methods=["GET", "POST"]))
    for role in (Role.VILLE, Role.ELU):
        make_account(role)
    return app.test_client()


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        (None, "publique", 200),
        (None, "connectee", 302),
        (None, "ville", 302),
        (Role.ELU, "publique", 200),
        (Role.ELU, "connectee", 200),
        (Role.ELU, "ville", 403),
        (Role.VILLE, "ville", 302),
    ],
)
def test_each_door(doors: FlaskClient, who: Role | None, page: str, status: int) -> None:
    if who:
        sign_in(doors, f"{who}@essai.example")
    assert doors.get(f"/{page}").status_code == status
    assert doors.post(f"/{page}").status_code == status


def test_sign_in_comes_back_to_the_page_asked(doors: FlaskClient) -> None:
    asked = doors.get("/connectee?a=1")
    assert asked.headers["Location"] == "/connexion?suite=/connectee?a%3D1"
    answer = doors.post(
        "/connexion",
        data={"courriel": "elu@essai.example", "mot_de_passe": "une phrase assez longue", "suite": "/connectee?a=1"},
    )
    assert answer.headers["Location"] == "/connectee?a=1"


@pytest.mark.parametrize(
    "evil", ["//ailleurs.example", "https://ailleurs.example", "/\\ailleurs.example", "javascript:x"]
)
def test_sign_in_never_leads_to_another_host(doors: FlaskClient, evil: str) -> None:
    answer = doors.post(
        "/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": "une phrase assez longue", "suite": evil}
    )
    assert answer.headers["Location"] == "/"
