"""Headers, CSRF, error pages, cookies."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conseil.access import Role, public
from tests.conftest import make_account, settings, sign_in
from wsgi import create_app


@pytest.mark.parametrize("path", ["/", "/tirages", "/connexion", "/nulle-part", "/static/conseil.css"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in headers


def test_https_adds_hsts_and_a_host_cookie(base_url: str) -> None:
    secure = settings(base_url, CONSEIL_URL="https://conseil.example")
    del secure["CONSEIL_ARGON2_RAPIDE"]
    answer = create_app(secure).test_client().get("/connexion", base_url="https://conseil.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_post_without_its_token_is_refused_in_french(base_url: str) -> None:
    client = create_app(settings(base_url, WTF_CSRF_ENABLED=True)).test_client()
    answer = client.post("/connexion", data={"courriel": "a@b.example", "mot_de_passe": "x"})
    assert answer.status_code == 400
    assert "rechargez la page" in answer.text


def test_session_cookie_is_closed_to_scripts_and_other_sites(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    answer = client.post(
        "/connexion", data={"courriel": "elu@essai.example", "mot_de_passe": "une phrase assez longue"}
    )
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_of_someone_signed_in_are_not_kept_by_the_browser(app: Flask, client: FlaskClient) -> None:
    make_account(Role.ELU)
    sign_in(client, "elu@essai.example")
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_an_unexpected_error_shows_nothing_of_the_inside(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    @public
    def broken() -> str:
        raise RuntimeError("secret interne")

    app.view_functions["cassee"] = broken
    app.url_map.add(app.url_rule_class("/cassee", endpoint="cassee"))
    with caplog.at_level(logging.ERROR):
        answer = client.get("/cassee")
    assert answer.status_code == 500
    assert "secret interne" not in answer.text
    assert "Ce n&#39;est pas de votre faute" in answer.text
    assert "secret interne" in caplog.text


@pytest.mark.parametrize(("path", "status"), [("/nulle-part", 404), ("/deconnexion", 405), ("/tirages/inconnu", 404)])
def test_error_pages_say_what_to_do(client: FlaskClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Revenir à l" in answer.text
