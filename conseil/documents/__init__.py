"""Documents people hold: tagged PDF (PDF/UA-1) written by typst from our own templates.

Data goes in as JSON and is never pasted into the markup, so a name cannot become a command. Fonts come with
typst, none from the machine, so the same data gives the same pages everywhere.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

FOLDER = Path(__file__).parent


def render_pdf(template: str, data: dict[str, Any], *, when: datetime) -> bytes:
    """The PDF of `conseil/documents/<template>.typ` for `data` (anything JSON can say).

    when: the document's date, written in the file instead of the clock's, so that a reprint is the same bytes.
    """
    pdf: bytes = typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"donnees": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(when.timestamp()),
    )
    return pdf
