"""A question as words that can be compared: without case, accents, endings and small words. French and English, plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable

from community_dashboard.moderation.urgency.text import prepared

READ = 1_000  # characters of a body: what is asked stands at its beginning
_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_ENDINGS = re.compile(r"(?:ements?|ment|ations?|tions?|ings?|ies|eurs?|euses?|ees?|es|er|ed|ez|s|e)$")
_SMALL = """
a ai aie alors apres as au aussi autre aux avant avec avez avoir avons bien bonjour bonsoir bjr c ca car ce ceci cela
ces cet cette ceux chacun chaque chez ci comme d dans de deja depuis des deux donc dont du elle elles en encore entre
est et etait etes etre eu eux fait faire fois font hello i il ils j je juste l la le les leur leurs lui m ma mais me
meme mes merci mon n ne ni nos notre nous on ont ou par parce pas peu plus pour pourriez pouvez qu quand que quel
quelle quelles quels quelqu qui quoi s sa salut sans se sera ses si slt soit son sont sur svp t ta te tes toi ton tous
tout toute toutes tres trop tu un une vers voici voila vos votre vous y about after again all also am an and another
any anyone are be because been before being but by can could did do does doing don else everyone for from get go got
had has have he hello her here hi him his how however if in into is it its just let like ll may me more most much my
no not now of off on one only or other our out over please pls re same she should since so some somebody someone such
than thank thanks that the their them then there these they this those though to too under until up us ve very was we
were what when where which while who why will with would you your comment combien pourquoi quelqu'un faut peut dois
peux puis savoir question besoin aide help need know want voudrais aimerais
"""
STOP_WORDS = frozenset(_SMALL.split())
# What a question is after. Two that are after different things do not ask the same, whatever words they share.
AIMS: dict[str, re.Pattern[str]] = {
    "when": re.compile(
        r"\bwhen (?:is|are|does|do|will|can)\b(?!.{0,40}\band when\b)|until when|\bdue\b|deadline|date limite"
        r"|jusqu'?\s?a quand"
        r"|c'est quand|quand (?:est|sont|commence)|quelle heure|what time|a rendre quand|quelle (?:est la )?date"
        r"|closing date"
    ),
    "where": re.compile(
        r"\bwhere\b|\bou (?:est|sont|se|trouv|voit|puis|peut|telecharg)|retrouve pas|ne trouve pas"
        r"|impossible de trouver"
        r"|can(?:'t|not) find|est le lien|find the link"
    ),
    "how_many": re.compile(r"\bcombien|how (?:many|long|high|much|old|often)|nombre de|\bhauteur"),
    "size": re.compile(r"diamet|profondeur|how deep|quelle taille|what size"),
    "cost": re.compile(r"\bcost|\bfree\b|gratui|payant|\bpay (?:for|to)"),
    "fails": re.compile(
        r"impossible d(?:e |')(?!trouver)|n'?arrive (?:pas|plus) a"
        r"|(?:can(?:'t|not)|unable|not able) (?:to )?(?:submit|upload|open|play|load|see)"
        r"|ne (?:s')?(?:fonctionne|marche|repond|se lance|demarre|reagit|part\w*|ouvre) (?:pas|plus)?"
        r"|does(?:n't| not)? (?:nothing|not work|work|open)"
        r"|not working|won't|will not open|grise|grey|tourne sans|spinning|refuse|(?:an|network|permission) error"
        r"|error:|fatal error|message d'erreur"
        r"|erreur (?:reseau|\d)|ecran noir|queue|en attente|not found|non reconnu|pas reconnu|forever|infinite"
        r"|no submissions?|never (?:stops|ends)"
    ),
    "why": re.compile(r"\bwhy\b|pourquoi"),
    "may": re.compile(
        r"\ballowed\b|\bmay (?:we|i)\b|peut[- ]on|on peut\b|a[- ]t[- ]on le droit|autorise"
        r"|is it (?:ok|fine|allowed|possible)|est[- ]il possible"
        r"|how much of|\bcan (?:i|we) (?:have|use|take|bring|do)\b"
    ),
    "tell_apart": re.compile(
        r"distinguer|difference|differ\b|reconnaitre|tell\b.{0,40}\b(?:from|apart)|telling|confond|\bmix"
        r"|quand utiliser|\bvs\b|sign that"
        r"|a quoi voit|\bwhen\b.{3,60}\band when\b|dans quel cas.{3,60}dans quel cas|plutot que|rather than"
    ),
    "change": re.compile(r"\bchange\b|changer|misspell|mal ecrit|replace\b|remplacer|rectifier|wrong file"),
    "mean": re.compile(
        r"what does .{1,60} mean|que veut(?:[- ]il)? dire|signifie|meaning|interpret|what .{0,40}means"
        r"|comprends? pas ce que"
    ),
    "compute": re.compile(r"\bcalcul(?:er|e|ate)?\b(?! l'attestation)|\bcompute\b|\bformule\b|\bformula for\b"),
    "choose": re.compile(
        r"conseill|recommend|which .{0,30}(?:buy|best|should i)|quelle? .{0,20}(?:acheter|choisir|prendre)"
    ),
}


def words_of(title: str, body: str) -> list[str]:
    """The words of a question in their order, without endings; numbers stay as they are."""
    text = prepared(title, body[:READ])
    return [stem(word) for word in _WORD.findall(text) if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def stem(word: str) -> str:
    """The word without its usual endings, at least four letters of it."""
    if word.isdigit() or len(word) < 5:
        return word
    shorter = _ENDINGS.sub("", word)
    return shorter if len(shorter) >= 4 else word


def numbers_of(words: Iterable[str]) -> frozenset[str]:
    """The numbers among the words."""
    return frozenset(word for word in words if word[0].isdigit())


def aims_of(title: str, body: str) -> frozenset[str]:
    """What the question is after; nothing if that cannot be told."""
    text = prepared(title, body[:READ])
    return frozenset(aim for aim, pattern in AIMS.items() if pattern.search(text))
