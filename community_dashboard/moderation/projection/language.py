"""French or English, told by the small words that every sentence has. Plain Python."""

from __future__ import annotations

import re

_FRENCH_WORDS = """
le la les l un une des du de d et est sont était être ai as avons avez ont je j tu il elle on nous vous ils elles ce
cet cette ces c que qu qui quoi dont où ne n pas plus que dans sur sous pour par avec sans mais ou donc car si se s
mon ma mes ton ta tes son sa ses notre votre leur leurs y en au aux comme quand comment pourquoi combien aussi très
bien merci bonjour salut peut peux puis fait faire ça cela même tout tous toute toutes deux après avant encore déjà
chez
"""
_ENGLISH_WORDS = """
the a an and is are was were be been am i you he she it we they this that these those what which who whom whose not no
of in on at to for by with without from but or so if my your his her its our their there here as when how why where
also very thanks thank hello hi can could would should do does did have has had will all any some than then them me us
one about because after before still already just get got don t s im ve
"""
_BOTH = frozenset(_FRENCH_WORDS.split()) & frozenset(_ENGLISH_WORDS.split())
_FRENCH, _ENGLISH = frozenset(_FRENCH_WORDS.split()) - _BOTH, frozenset(_ENGLISH_WORDS.split()) - _BOTH
_WORD = re.compile(r"\w+")
_ACCENTS = frozenset("éèêàâçùûîôœë")
_READ = 800  # characters; some sentences are enough


def language_of(text: str) -> str:
    """ "fr" or "en", or "" where there is too little to tell or neither has it clearly. Some 20 µs for a usual post."""
    beginning = text[:_READ].casefold()
    words = _WORD.findall(beginning)
    french = len([word for word in words if word in _FRENCH])
    english = len([word for word in words if word in _ENGLISH])
    if not beginning.isascii():
        french += len([word for word in words if not word.isascii() and _ACCENTS.intersection(word)])
    if french >= 2 * english and french >= 1 and (french >= 2 or len(words) <= 4):
        return "fr"
    if english >= 2 * french and english >= 1 and (english >= 2 or len(words) <= 4):
        return "en"
    return ""
