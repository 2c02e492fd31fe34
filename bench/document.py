"""The marked section of docs/mesures.md: all the rest of it is written by hand and stays."""

from pathlib import Path

BEGIN = "<!-- mesures : début (écrit par make bench) -->"
END = "<!-- mesures : fin -->"


def rewrite(path: Path, text: str) -> None:
    """Put `text` between the two marks. Raises ValueError where they are not there, once each, in order."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path.name}: {BEGIN} … {END}")
    path.write_text(f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}", encoding="utf-8")
