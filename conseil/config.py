"""Typed configuration: read once, refused at once, with a sentence that says what to set and how."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parent.parent
MODES = ("production", "demonstration")
# Settings of Flask and its extensions that may be handed through `create_app(config)` as they are.
PASSED_THROUGH = ("WTF_", "RATELIMIT_", "SQLALCHEMY_", "BABEL_", "BOOTSTRAP_", "SESSION_", "PROPAGATE_")
PASSED_EXACTLY = ("TESTING", "DEBUG", "SERVER_NAME", "PREFERRED_URL_SCHEME", "MAX_CONTENT_LENGTH")


class ConfigError(RuntimeError):
    """A setting is missing or wrong; the text is a French sentence for the person who installs."""


@dataclass(frozen=True)
class Config:
    """Everything the program is told from outside.

    secret_key: signs cookies, at least 32 characters, never a default. database_url: SQLAlchemy address.
    mode: `production` or `demonstration` (accounts with a known password, no TOTP). url: public address
    written in QR codes and links; `https` there makes cookies secure and adds HSTS. dossier: folder of the
    embedded database and of the files. proxies: how many reverse proxies are trusted to tell the address.
    ratelimit_storage: where request limits are counted (`memory://` counts per process).
    argon2_rapide: cheap password hashing, for tests only.
    """

    secret_key: str = ""
    database_url: str = ""
    mode: str = "production"
    url: str = "http://127.0.0.1:8000"
    dossier: str = ""
    proxies: int = 0
    ratelimit_storage: str = "memory://"
    argon2_rapide: bool = False

    @property
    def demonstration(self) -> bool:
        """True where the site shows a demonstration council."""
        return self.mode == "demonstration"

    @property
    def https(self) -> bool:
        """True where people reach the site over TLS."""
        return urlsplit(self.url).scheme == "https"

    def flask_settings(self) -> dict[str, object]:
        """The settings Flask and its extensions read, derived from these."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # A refused row must not carry a person's data into the log.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
            "SESSION_COOKIE_NAME": "__Host-conseil" if self.https else "conseil",
            "SESSION_COOKIE_SECURE": self.https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
            "BABEL_DEFAULT_LOCALE": "fr",
            "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
            "BOOTSTRAP_SERVE_LOCAL": True,
            "RATELIMIT_STORAGE_URI": self.ratelimit_storage,
            "RATELIMIT_HEADERS_ENABLED": False,
        }


# Setting → name in the environment and in `.env`.
ENVIRONMENT = {
    "secret_key": "SECRET_KEY",
    "database_url": "DATABASE_URL",
    "mode": "CONSEIL_MODE",
    "url": "CONSEIL_URL",
    "dossier": "CONSEIL_DOSSIER",
    "proxies": "CONSEIL_PROXIES",
    "ratelimit_storage": "CONSEIL_RATELIMIT_STORAGE",
    "argon2_rapide": "CONSEIL_ARGON2_RAPIDE",
}


def load_config(given: Mapping[str, object] | None) -> tuple[Config, dict[str, object]]:
    """The configuration and the Flask settings handed through.

    With `given` None it is read from the environment, then from the checkout's `.env`; else only from
    `given` (tests, embedding), whose keys are those of the environment or Flask's own. Raises ConfigError.
    """
    source = given if given is not None else {**dotenv_values(ROOT / ".env"), **os.environ}
    values: dict[str, Any] = {
        name: _typed(name, key, source[key]) for name, key in ENVIRONMENT.items() if source.get(key) not in (None, "")
    }
    passed = {key: value for key, value in (given or {}).items() if key not in ENVIRONMENT.values()}
    _refuse_unknown(passed)
    return _completed(replace(Config(), **values)), passed


def _typed(name: str, key: str, value: object) -> object:
    kind = {field.name: field.type for field in fields(Config)}[name]
    if kind is bool:
        if str(value).lower() not in ("0", "1", "true", "false"):
            raise ConfigError(f"{key} vaut « {value} » : écrivez 1 (oui) ou 0 (non).")
        return str(value).lower() in ("1", "true")
    if kind is int:
        if not str(value).isdecimal():
            raise ConfigError(f"{key} vaut « {value} » : écrivez un nombre entier, par exemple 1.")
        return int(str(value))
    return str(value)


def _refuse_unknown(passed: Mapping[str, object]) -> None:
    for key in passed:
        if key not in PASSED_EXACTLY and not key.startswith(PASSED_THROUGH):
            known = ", ".join(sorted(ENVIRONMENT.values()))
            raise ConfigError(f"Le réglage {key} n'existe pas. Les réglages connus sont : {known}.")


def _completed(config: Config) -> Config:
    if len(config.secret_key) < 32:
        raise ConfigError(
            "SECRET_KEY manque ou fait moins de 32 caractères. Donnez une clé tirée au hasard, par exemple : "
            "SECRET_KEY=$(python -c 'import secrets; print(secrets.token_hex(32))'). Dans une copie de travail, "
            "« make » l'écrit dans le fichier .env."
        )
    if config.mode not in MODES:
        raise ConfigError(f"CONSEIL_MODE vaut « {config.mode} » : écrivez production ou demonstration.")
    parts = urlsplit(config.url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ConfigError(
            f"CONSEIL_URL vaut « {config.url} » : écrivez une adresse entière, comme https://conseil.example."
        )
    if config.argon2_rapide and config.https:
        raise ConfigError(
            "CONSEIL_ARGON2_RAPIDE affaiblit les mots de passe : il ne sert qu'aux essais, jamais en https."
        )
    folder = config.dossier or str(ROOT / "instance")
    return replace(config, dossier=folder, url=config.url.rstrip("/"), database_url=_database_url(config, folder))


def _database_url(config: Config, folder: str) -> str:
    url = config.database_url or f"sqlite:///{Path(folder) / config.mode}.sqlite"
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise ConfigError(
            "DATABASE_URL n'est pas une adresse que le programme connaît : écrivez sqlite:///chemin/du/fichier.sqlite "
            "ou postgresql://utilisateur:motdepasse@machine/base."
        )
    return url if scheme.startswith("sqlite") else f"postgresql+psycopg://{rest}"
