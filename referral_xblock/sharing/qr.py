"""The QR code of an address: SVG for screens and print, PNG for what takes no SVG."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4  # modules; scanners need it
LARGEST_SCALE = 40


def svg(url: str, *, title: str = "") -> str:
    """An SVG document without a size of its own, at least error level M; `title` (translated) names it for screen readers.

    Colours are attributes, so that a strict Content-Security-Policy has nothing to refuse, and the ground is white, so that
    it scans in a dark theme. Without a title the address is the title. Raises ValueError for more than fits (2,331 bytes).
    """
    out = io.BytesIO()
    _code(url).save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        title=title or url,
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass=None,
        lineclass=None,
    )
    return out.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)


def png(url: str, scale: int = 8) -> bytes:
    """The code as PNG, `scale` pixels a module. Raises ValueError for a scale outside 1 to 40 and for more than fits."""
    if not 1 <= scale <= LARGEST_SCALE:
        raise ValueError(f"A module is 1 to {LARGEST_SCALE} pixels wide, not {scale}.")
    out = io.BytesIO()
    _code(url).save(out, kind="png", scale=scale, border=QUIET_ZONE)
    return out.getvalue()


def _code(url: str) -> segno.QRCode:
    """At least level M, and better where the same size holds it."""
    return segno.make_qr(url, error="m")
