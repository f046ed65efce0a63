"""The signs that a post says the course itself is wrong: text, answer key, link, video. French and English, plain Python."""

from __future__ import annotations

from community_dashboard.moderation.urgency.signs import Sign

MEDIA = (
    r"(?:videos?|audio|transcript(?:ion)?|subtitles?|sous[- ]titres?|captions?|slides?|replay|pdf|images?"
    r"|pictures?|photos? (?:of|de) l|figure|fiche)"
)
TASK = (
    r"(?:quiz\w*|questionnaire|question \d|q\d|exercise|exercice|exo|corrige|correction|solution|answer key"
    r"|enonce|statement|tests?|examen|exam|mid-?term|problem set|cas n|case \d|tp ?\d)"
)
PAGE = (
    r"(?:link|lien|unit|unite|tableau|table|text|texte|page|paragraph|legende|map|carte|glossary|glossaire"
    r"|syllabus|schedule|calendrier|week \d|semaine \d|slides?|course|cours)"
)
PART = rf"(?:{MEDIA}|{TASK}|{PAGE})"
WRONG = (
    r"(?:wrong|incorrect|mistaken|inaccurate|erronee?s?|fausses?|faux|incoheren\w+|inconsistent|ambigu\w*"
    r"|outdated|obsolete|perimee?|mismatch\w*|decalee?s?|vide|empty|missing|manque(?:nt)?)"
)
SIGNS: tuple[Sign, ...] = (
    Sign("contradiction", 2.8, r"contradict|contradiction|incoheren|inconsisten"),
    Sign(
        "error_named",
        3.0,
        r"\b(?:typo|misspell|coquille|faute d'orthographe|faute de frappe|erreur (?:dans|de correction)|(?:error"
        r"|mistake) in (?:the|quiz|unit|week|exercise|video)|errata|il manque un)",
    ),
    Sign("wrong_part", 2.2, rf"\b{PART}\b[^!?]{{0,60}}\b{WRONG}\b|\b(?:{WRONG}|mauvaise?)\b[^.!?]{{0,30}}\b{PART}\b"),
    Sign(
        "broken_link",
        2.8,
        r"(?:broken|dead) link|lien (?:mort|casse)|page (?:introuvable|not found)"
        r"|(?:link|lien)\b[^!?]{0,50}(?:ne (?:marche|fonctionne)|does(?:n't| not) work|not found|\b404\b)",
    ),
    Sign(
        "broken_media",
        2.8,
        rf"\b{MEDIA}\b[^!?]{{0,50}}(?:ne se lance|(?:sans|pas de|plus de) son\b|no sound|stops?\b|s'arrete"
        rf"|coupee?\b|cut off|black screen|ecran noir|decalee?|out of sync|won't play|does(?:n't| not) (?:play"
        rf"|load)|inaudible|illisible|unreadable)"
        rf"|ecran noir",
    ),
    Sign(
        "says_but",
        2.4,
        rf"(?:says?|said|dit|dites|annonce|states?|lists?|indique|gives?|donne|want|attend"
        rf"|expects?)\b[^!?]{{3,80}}\b(?:but|mais|alors que|tandis que|while|whereas|et (?:le|dans le|la)\b|and \")"
        rf"|{PAGE}[^!?]{{0,60}}\b(?:but|mais|alors que|tandis que|while|whereas)\b[^!?]{{0,60}}{PART}"
        rf"|\bsays? [^!?]{3, 60}\bsays? |which (?:one )?(?:should i|is (?:right|correct)|will count)"
        rf"|laquelle est (?:juste|bonne)|lequel est le bon|the second is right",
    ),
    Sign(
        "should_be",
        1.8,
        r"should (?:be|read|say)\b|\binstead of\b|\bau lieu de\b|devrait (?:etre|dire)|il faut lire"
        r"|(?:is|est) (?:written|ecrit|spelled|attribu\w+)|attributes?\b|rather than",
    ),
    Sign(
        "not_accepted",
        2.2,
        r"(?:correct|right|bonne|juste|valid)s?\b[^.!?]{0,60}(?:marked|counted|graded|marque|compte|fails?"
        r"|rejected|refuse)\w*"
        r"|(?:marked|counted|marque|compte)(?:e|es|ee|ees)? (?:as )?(?:incorrect|wrong|faux|fausses?)"
        r"|grading is wrong|re-?grade|fix the key|fails? for every|aucune bonne reponse"
        r"|no (?:right|correct) (?:answer|option)|(?:two|deux) (?:right|correct|reponses?|bonnes) [^.]{0,25}",
    ),
    Sign(
        "access",
        2.8,
        r"screen reader|lecteur d'ecran|\bnvda\b|no (?:alt|description)"
        r"|(?:image|picture)[^.!?]{0,30}(?:overlap|covers)|overlaps",
    ),
    Sign(
        "solution_shown",
        2.2,
        r"(?:corrige|solution|answers?)[^.!?]{0,30}(?:visible|s'affiche|shown|already there)[^.!?]{0,40}(?:avant"
        r"|deja|before|already)",
    ),
    Sign(
        "last_year", 2.0, r"last year'?s?|l'an dernier|annee derniere|session precedente|previous (?:run|session|year)"
    ),
    Sign(
        "please_check",
        1.0,
        r"could (?:you|someone) (?:check|fix|correct)|please (?:fix|correct|check)|a corriger|a verifier"
        r"|(?:pouvez|pourriez)[- ]vous (?:verifier|corriger)|merci de (?:corriger|verifier)"
        r"|je (?:pense|crois) qu'il y a|i (?:think|believe) there is|quelqu'un peut[- ]il regarder"
        r"|plusieurs d'entre nous",
    ),
    Sign(
        "own_work",
        -2.5,
        r"\bmy (?:code|program|loop|function|script|computer|photos?|counts?)\b"
        r"|\bmon (?:code|programme|script|ordinateur|nichoir)\b|\bma (?:boucle|fonction|photo)\b|mes photos"
        r"|error(?::| \d|\w*error)|\w+error\b|erreur 50\d|what am i doing|je ne vois pas l'erreur",
    ),
    Sign(
        "own_account",
        -1.5,
        r"\bmy (?:grade|certificate|progress|name|account|attempts?)\b"
        r"|\bmon (?:attestation|certificat|nom|compte)\b|ma note|comment (?:distinguer|reconnaitre|on fait)"
        r"|how do i|\bpourquoi\b|\bwhy do\b",
    ),
)
