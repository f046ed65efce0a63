"""A mark that two texts share if they say the same, whatever link or number each has. Plain Python."""

from __future__ import annotations

import hashlib
import re

from community_dashboard.moderation.shield.letters import joined, plain
from community_dashboard.moderation.shield.links import find_links

_ADDRESSED = re.compile(r"@[\w.-]+")
LOOKED_AT = 4_000
FEWEST = 12  # letters; below that texts are the same by chance


def mark_of(title: str, body: str) -> str:
    """32 hexadecimal digits for the words of a text without links, pictures, figures and names; "" for hardly any."""
    found = find_links(body[:LOOKED_AT])
    words = _ADDRESSED.sub("", joined(plain(f"{title} {found.rest} {' '.join(link.words for link in found.links)}")))
    letters = re.sub(r"[\W\d_]", "", words)
    if len(letters) < FEWEST:
        letters = "".join(sorted(picture.words + picture.address for picture in found.pictures))
    return hashlib.blake2b(letters.encode(), digest_size=16).hexdigest() if len(letters) >= FEWEST else ""
