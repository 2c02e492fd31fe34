"""QR codes as SVG: drawn by us, sharp on paper and screens, no script, no other host."""

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathImage


def qr_svg(content: str, *, border: int = 4) -> bytes:
    """An SVG image of `content` (a link, most often); `border` is the quiet zone, in modules (the norm asks 4)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=border)
    code.add_data(content)
    code.make(fit=True)
    svg: bytes = code.make_image(image_factory=SvgPathImage).to_string(encoding="utf-8")
    return svg
