"""A credential inside a picture, as Open Badges 3.0 says: an iTXt chunk in PNG, an element of its own in SVG."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from PIL import Image
from PIL.PngImagePlugin import PngInfo

KEYWORD = "openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def bake_png(picture: bytes, token: str) -> bytes:
    """The PNG with the compact JWS in its one chunk of that name, not compressed."""
    chunks = PngInfo()
    chunks.add_itxt(KEYWORD, token, zip=False)
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.save(out, "PNG", pnginfo=chunks, compress_level=6)
    return out.getvalue()


def bake_svg(root: ElementTree.Element, token: str) -> bytes:
    """The SVG as a document, with the compact JWS in the element directly after its root's tag."""
    ElementTree.register_namespace("openbadges", NAMESPACE)
    root.insert(0, ElementTree.Element(f"{{{NAMESPACE}}}credential", {"verify": token}))
    return as_document(root)


def as_document(root: ElementTree.Element) -> bytes:
    """An SVG document in UTF-8."""
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
