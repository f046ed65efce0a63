"""What a display name that strangers see may look like. Plain Python."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
# Words that make a learner look like the course's team, in the languages we ship.
STAFF_WORDS = {
    "admin", "administrator", "administrateur", "administratrice", "moderator", "moderateur", "moderatrice", "staff",
    "support", "team", "equipe", "instructor", "teacher", "professor", "professeur", "enseignant", "enseignante",
    "official", "officiel", "officielle", "openedx", "edx",
}  # fmt: skip
ADDRESS = re.compile(r"@|://|www\.|\b[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
# Letters of other alphabets that pass for Latin ones; enough for the words above.
LOOK_ALIKES = str.maketrans("аеорсухіјѕԁ013457", "aeopcyxijsdoieast")


def tidy(name: str) -> str:
    """The name without control and direction characters and with single spaces."""
    kept = "".join(character for character in name if unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"})
    return " ".join(kept.split())


def problem_with(name: str) -> str:
    """ "" for a name that may be shown, else "too_long", "address" or "staff"."""
    if len(name) > LONGEST:
        return "too_long"
    if ADDRESS.search(name):
        return "address"
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(LOOK_ALIKES)
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = set(re.split(r"[\W_]+", letters))
    return "staff" if words & STAFF_WORDS else ""
