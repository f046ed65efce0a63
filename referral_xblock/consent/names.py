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
ADDRESS = re.compile(r"@|://|www\.|[^\W_][\w-]*\.[^\W\d_]{2,}|\d{1,3}(\.\d{1,3}){3}", re.IGNORECASE)
# Letters of other alphabets that pass for Latin ones; enough for the words above.
LOOK_ALIKES = str.maketrans("аеорсухіјѕԁαορτκιεν013457ᴀᴄᴅᴇꜰɪᴋʟᴍɴᴏᴘʀꜱᴛᴜ", "aeopcyxijsdaoptkievoieastacdefiklmnoprstu")


def tidy(name: str) -> str:
    """The name without control and direction characters and with single spaces."""
    kept = "".join(character for character in name if unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cs"})
    return " ".join(kept.split())


def problem_with(name: str) -> str:
    """ "" for a name that may be shown, else "too_long", "address" or "staff"."""
    if len(name) > LONGEST:
        return "too_long"
    if ADDRESS.search(unicodedata.normalize("NFKC", name).replace("。", ".")):
        return "address"
    return "staff" if _pretends(name) else ""


def _pretends(name: str) -> bool:
    """Whether one of the words stands in it: alone, in the plural, spelt with gaps, or grown together with another."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(LOOK_ALIKES)
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    words = [word for word in re.split(r"[\W_]+", letters) if word]
    if any(word in STAFF_WORDS or word.removesuffix("s") in STAFF_WORDS for word in words):
        return True
    # Short words hide in honest names ("Steam"): only long ones are looked for inside others.
    together = "".join(words)
    spelt = len(words) > 2 and all(len(word) == 1 for word in words) and together in STAFF_WORDS
    return spelt or any(word in together for word in STAFF_WORDS if len(word) > 6) or together == "coursestaff"
