"""Reading whole files, and writing them so that they are there whole or not at all."""

import os
from pathlib import Path

from .errors import InputError


def read(path: str) -> bytes:
    """The bytes of this file. Raises InputError, saying why, where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError("fichier-lecture", fichier=path, raison=_reason(error)) from None


def write(path: str, data: bytes) -> None:
    """Put these bytes in this file: all of them, or the file stays as it was. Raises InputError."""
    try:
        target = Path(path).resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise InputError("fichier-ecriture", fichier=path, raison=_reason(error)) from None


def _reason(error: Exception) -> str:
    for kind, reason in _REASONS.items():
        if isinstance(error, kind):
            return reason
    return getattr(error, "strerror", None) or str(error)


_REASONS = {
    FileNotFoundError: "il n'existe pas",
    PermissionError: "accès refusé",
    IsADirectoryError: "c'est un dossier",
    NotADirectoryError: "son dossier n'en est pas un",
}
