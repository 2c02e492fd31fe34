"""Configuration fails fast, with a sentence; there is no default secret."""

import pytest

from conseil.config import ConfigError, load_config

SECRET = "x" * 32


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "SECRET_KEY manque"),
        ({"SECRET_KEY": "court"}, "SECRET_KEY manque"),
        ({"SECRET_KEY": SECRET, "CONSEIL_MODE": "essai"}, "production ou demonstration"),
        ({"SECRET_KEY": SECRET, "CONSEIL_URL": "conseil.example"}, "adresse entière"),
        ({"SECRET_KEY": SECRET, "CONSEIL_URL": "ftp://conseil.example"}, "adresse entière"),
        ({"SECRET_KEY": SECRET, "DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
        ({"SECRET_KEY": SECRET, "DATABASE_URL": "conseil.sqlite"}, "DATABASE_URL"),
        ({"SECRET_KEY": SECRET, "CONSEIL_PROXIES": "-1"}, "nombre entier"),
        ({"SECRET_KEY": SECRET, "CONSEIL_ARGON2_RAPIDE": "peut-être"}, "1 (oui) ou 0 (non)"),
        ({"SECRET_KEY": SECRET, "CONSEIL_ARGON2_RAPIDE": "1", "CONSEIL_URL": "https://c.example"}, "ARGON2"),
        ({"SECRET_KEY": SECRET, "DATABSE_URL": "sqlite:///x"}, "n'existe pas"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence(given: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=r"\.$|:") as refusal:
        load_config(given)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("sqlite:////tmp/a.sqlite", "sqlite:////tmp/a.sqlite"),
        ("postgres://u:p@h/b", "postgresql+psycopg://u:p@h/b"),
        ("postgresql://u:p@h/b", "postgresql+psycopg://u:p@h/b"),
        ("postgresql+psycopg://u:p@h/b", "postgresql+psycopg://u:p@h/b"),
    ],
)
def test_database_addresses(given: str, expected: str) -> None:
    config, _ = load_config({"SECRET_KEY": SECRET, "DATABASE_URL": given})
    assert config.database_url == expected


def test_each_mode_has_its_own_embedded_database() -> None:
    urls = {
        load_config({"SECRET_KEY": SECRET, "CONSEIL_MODE": m})[0].database_url for m in ("production", "demonstration")
    }
    assert len(urls) == 2


def test_https_makes_cookies_secure() -> None:
    settings = load_config({"SECRET_KEY": SECRET, "CONSEIL_URL": "https://c.example/"})[0].flask_settings()
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert str(settings["SESSION_COOKIE_NAME"]).startswith("__Host-")


def test_flask_settings_pass_through() -> None:
    assert load_config({"SECRET_KEY": SECRET, "WTF_CSRF_ENABLED": False})[1] == {"WTF_CSRF_ENABLED": False}
