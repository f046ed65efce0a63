"""Text as a reader sees it: look-alike letters, invisible characters and spaced-out words are put back. Plain Python."""

from __future__ import annotations

import re
import unicodedata

# Letters of other alphabets, and small capitals, that pass for Latin ones. What is a compatibility form of a letter (bold, full
# width, in a circle) is taken care of by NFKD.
_PASS_FOR = {
    "а": "a", "ɑ": "a", "α": "a", "ᴀ": "a", "ь": "b", "в": "b", "ʙ": "b", "с": "c", "ϲ": "c", "ᴄ": "c", "ԁ": "d", "ᴅ": "d",
    "е": "e", "є": "e", "ε": "e", "ҽ": "e", "ᴇ": "e", "ғ": "f", "ꜰ": "f", "ɡ": "g", "ɢ": "g", "һ": "h", "н": "h", "ʜ": "h",
    "і": "i", "ι": "i", "ı": "i", "ɪ": "i", "ј": "j", "ᴊ": "j", "к": "k", "κ": "k", "ᴋ": "k", "ӏ": "l", "ⅼ": "l", "ʟ": "l",
    "м": "m", "ᴍ": "m", "п": "n", "η": "n", "ɴ": "n", "о": "o", "ο": "o", "σ": "o", "ᴏ": "o", "р": "p", "ρ": "p", "ᴘ": "p",
    "ԛ": "q", "г": "r", "ʀ": "r", "ѕ": "s", "ꜱ": "s", "т": "t", "τ": "t", "ᴛ": "t", "υ": "u", "ᴜ": "u", "ѵ": "v", "ν": "v",
    "ᴠ": "v", "ԝ": "w", "ω": "w", "ᴡ": "w", "х": "x", "χ": "x", "у": "y", "γ": "y", "ʏ": "y", "ᴢ": "z",
}  # fmt: skip
LOOK_ALIKES = str.maketrans(_PASS_FOR)
DIGITS_FOR_LETTERS = str.maketrans("01345789$@|", "oieastbgsai")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
_WORD = re.compile(r"[^\W\d_]+")
_LETTER_BY_LETTER = re.compile(r"(?<!\w)\w(?:[ .\-_*·]\w){3,}(?!\w)")
_DOTTED = re.compile(r"(?<![\w/])[^\W\d_]{1,4}(?:\.[^\W\d_]{1,5}){2,}(?!\w)")


def plain(text: str) -> str:
    """The text in small Latin letters without accents, look-alikes and invisible characters; line ends stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(LOOK_ALIKES)
    return "".join(
        character
        for character in decomposed
        if character == "\n" or not (unicodedata.combining(character) or unicodedata.category(character) in _INVISIBLE)
    )


def joined(text: str) -> str:
    """Plain text whose spaced-out words are pulled together: "w h a t s a p p", "te.le.gram". Figures stay as they are."""

    def pull(match: re.Match[str]) -> str:
        letters = re.sub(r"[\W_]", "", match[0])
        return letters if letters.isalpha() else match[0]

    return _DOTTED.sub(pull, _LETTER_BY_LETTER.sub(pull, text))


def is_disguised(text: str) -> bool:
    """Whether letters stand in it that only make sense to fool a program: alphabets mixed within a word, letters of formulas,
    invisible characters within a word.
    """
    if text.isascii():
        return False
    if re.search(r"\w[\u200b\u2060\u00ad\ufeff]\w", text):
        return True
    for word in _WORD.findall(text):
        if word.isascii() or len(word) < 2:
            continue
        alphabets = {_alphabet(letter) for letter in word}
        if "LATIN" in alphabets and alphabets & {"CYRILLIC", "GREEK"}:
            return True
        if alphabets & {"MATHEMATICAL", "FULLWIDTH", "CIRCLED", "SQUARED"}:
            return True
    return False


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
