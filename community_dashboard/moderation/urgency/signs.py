"""The signs of urgency, in French and English, with their weights. Plain Python.

Patterns are looked for in text without accents and capitals (`text.prepared`). Weights are log odds: they are added up, and the
sum made a share between 0 and 1 (`judging.py`); what speaks against has a minus. Tuned by hand on set A of
`benchmarks/moderation_posts` and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

NUMBER = (
    r"(?:\d+|an?|une?|two|deux|few|quelques|three|trois|four|quatre|five|cinq|ten|dix|twenty|vingt|half an"
    r"|demi|dozen|dizaine|quart d')"
)
TIME = r"-? ?(?:h\b|heures?|hours?|hrs?\b|mins?\b|minutes?)"
DAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
)
TODAY = (
    r"(?:tonight|today|this (?:morning|afternoon|evening|night)|midnight|noon|ce soir|aujourd'hui|minuit|23 ?[h:] ?59)"
)
SOON = rf"(?:{TODAY}|tomorrow|demain|in an hour|dans l'heure|{DAY})"
GRADED = (
    r"(?:quiz(?:zes)?|exam(?:en|s|ens)?|tests?|questionnaires?|assignments?|homework|devoirs?|projects?"
    r"|projets?|problem set|mid-?term"
    r"|tp ?\d|grades?|notes?|points?|scores?|attempts?|essais?|certificates?|attestations?|certificats?|peer|pairs)"
)
CAN = (
    r"(?:submit|soumettre|valider|upload|televerser|deposer|access|acceder|log|sign|connect|me connecter|open"
    r"|ouvrir|get (?:in|into|back)|enter|entrer"
    r"|send|envoyer|finish|finir|terminer|start|commencer|lancer|see (?:my|the)|voir (?:mes|le|la)|rendre"
    r"|repondre|download|telecharger|save|enregistrer|continue|continuer)"
)


@dataclass(frozen=True)
class Sign:
    """One sign: `code` names its sentence in `words.py`."""

    code: str
    weight: float
    pattern: str


SIGNS: tuple[Sign, ...] = (
    # A person.
    Sign(
        "distress",
        6.0,
        r"suicid|\bkill(?:ing)? my ?self|me tuer\b|want(?:ed)? to die|wish i (?:was|were) dead|envie de mourir"
        r"|en finir avec (?:la vie|tout|ma vie)"
        r"|end (?:my|this) life|mettre fin a mes jours|not (?:to )?wake up|ne (?:plus|jamais) (?:me )?reveiller"
        r"|better off (?:dead|without me)"
        r"|mieux sans moi|no (?:reason|point) (?:to|in) (?:live|living|go on|going on)"
        r"|(?:plus|aucune?) (?:de )?raison de (?:vivre|continuer)"
        r"|je n'?en peux plus|plus la force|a quoi bon|i(?:'m| am| feel) (?:so )?(?:worthless|hopeless|desperate)"
        r"|je suis (?:a bout|desespere)|je (?:ne )?dors plus"
        r"|can(?:'t|not) (?:go on|do this any ?more|take (?:it|this) any ?more)|nothing makes sense|overdose"
        r"|self[- ]harm|scarif|je pleure|depression nerveuse",
    ),
    Sign(
        "harm",
        4.0,
        r"(?:been|was|got|is) hacked|pirate[er]?\b|impersonat|usurp|under my name|en mon nom|a ma place|phish"
        r"|arnaque|\bscam|threaten(?:ed|ing)|menaces? (?:de|en|par)"
        r"|(?:take|taken|taking) (?:it|this|that|them) down|retire[rz]? (?:ca|cela|mon|ce message)|soit retire"
        r"|supprime[rz]? (?:mon|ce) (?:message|post|fil)"
        r"|(?:delete|remove) my (?:post|message|number|address|name)"
        r"|(?:publie?r?|poste?r?|published|posted|shared|partage) (?:mon|my) (?:numero|adresse|nom|mail|number"
        r"|phone|address|name)"
        r"|harass|harcel|stalk|personal data|donnees personnelles|confidential|confidentiel|leaked"
        r"|private (?:data|information|message from)"
        r"|m'a (?:ecrit|demande) pour|me demander \d+ ?(?:euros|€)|asked me for (?:money|\d)|prevenez|violence"
        r"|en danger|in danger",
    ),
    Sign(
        "health",
        4.0,
        r"swell|gonfl|ambulance|emergency room|hopital|hospital|allergic reaction|reaction allergique|cough"
        r"|can(?:'t|not) breathe|suffocat|etouff|bleeding|saigne",
    ),
    # What is at stake, and when.
    Sign(
        "closes",
        2.2,
        rf"(?:\bdue|closes?|closing|ends?|deadline|expires?|date limite|ferme(?:e|nt)?|cloture|se termine|termine"
        rf"|echeance|a rendre|rendre|submit by|hand in|remise)"
        rf"[^.!?|]{{0,45}}\b{SOON}\b|\b{SOON}\b[^.!?|]{{0,20}}(?:deadline|date limite|is the last day|dernier delai)",
    ),
    Sign(
        "hours_left",
        2.4,
        rf"\b(?:in|within|dans|moins d[e'] ?|left|reste|plus que) ?(?:less than |moins d[e'] ?"
        rf"|the next )?{NUMBER} ?{TIME}"
        rf"|{NUMBER} ?{TIME} (?:left|to go|restantes?)|commence (?:a|dans) \d",
    ),
    Sign(
        "needed_by",
        1.8,
        rf"(?:need|needs|bring|hand in|reimburse|proof|joindre|presente|interview|entretien|employer|employeur"
        rf"|jury|visa|dossier|recruiter|recruteur|avant|before|d'ici)"
        rf"[^!?|]{{0,70}}\b{SOON}\b|for my (?:school credit|employer|job|visa)",
    ),
    Sign(
        "last_chance",
        1.8,
        r"last (?:attempt|try|chance)|derniere? (?:essai|chance|tentative)|plus d'essai"
        r"|no (?:more )?attempts? left|all attempts? used|one attempt|un seul essai"
        r"|attempts? (?:be )?reset|by (?:mistake|accident)|par erreur|wrong file|mauvais fichier"
        r"|(?:fail|rater|louper) (?:the|le) (?:course|cours)|penali[sz]",
    ),
    Sign("graded", 0.5, rf"\b{GRADED}\b"),
    # What does not work.
    Sign(
        "cannot",
        1.5,
        rf"\b(?:can(?:'t|not| not)|could(?:n't| not)|unable to|not able to|impossible (?:de |d')|(?:n'?arrive"
        rf"|arrive|parviens|reussis?) (?:pas|plus) a|(?:won't|doesn't|not) let me"
        rf"|peux (?:pas|plus)|peut (?:pas|plus)|nobody can|personne ne peut) ?(?:even )?(?:me )?{CAN}",
    ),
    Sign(
        "broken",
        1.3,
        r"grey(?:ed)? ?(?:out)?\b|gray(?:ed)? out|grise\b|bouton[^.|]{0,20}(?:tourne|soumettre|reagit pas|rien)"
        r"|button[^.|]{0,40}(?:does nothing|not work|nothing happens)"
        r"|il ne se passe rien|does(?:n't| not) (?:work|load|open|start|respond)"
        r"|not (?:working|loading|responding)|won't (?:load|open|start|play|upload)"
        r"|ne (?:marche|fonctionne|repond|se lance|s'ouvre|charge|s'affiche|demarre) (?:pas|plus)|froze|freez"
        r"|crash(?:es|ed)? (?:when|every|on) (?:i|open)|plante des"
        r"|session (?:expired|expiree)|(?:network|upload|unexpected) error"
        r"|erreur (?:reseau|inattendue|est survenue)|timed? ?out|ecran noir|page blanche"
        r"|(?:black|blank) (?:screen|page)"
        r"|nothing happens|tourne sans fin|keeps? (?:spinning|loading)|refuse (?:mon|le|de|d')|est refuse"
        r"|rejects? my|error (?:each|every) time|fails? (?:each|every) time"
        r"|(?:stuck|queued|pending|en attente|bloquee?) (?:for|since|depuis) ",
    ),
    Sign(
        "outage",
        2.6,
        r"(?:site|server|platform|serveur|plateforme|system|grader|correcteur)[^.!?|]{0,20} (?:is )?(?:down\b"
        r"|en panne)"
        r"|error 50\d|erreur 50\d|server error|erreur serveur|panne generale"
        r"|sur toutes les pages|every (?:unit|page) (?:shows|gives|says)",
    ),
    Sign(
        "locked_out",
        2.0,
        r"locked (?:out|now)|unlock|log ?in\b[^.|]{0,25}(?:fail|loop)|kicked (?:me )?out|thrown out"
        r"|(?:not|no longer) enrolled|must be enrolled|desinscrite?\b|disparu de mon"
        r"|account[^.|]{0,25}(?:blocked|flagged|suspended|locked)|grade is blocked"
        r"|compte[^.|]{0,25}(?:bloque|suspendu)|deconnecte",
    ),
    Sign(
        "lost",
        2.0,
        r"(?:ont|a|have|has|is|are|been|tout|etait) (?:all |tous |ete )?(?:disparu|efface|gone|lost|erased"
        r"|deleted|wiped|vanished|perdu)\w*\b"
        r"|(?:went|gone|back|reset|est|sont) (?:back )?(?:to|a) (?:0|zero)|(?:today|now) 0 ?%|retombe"
        r"|comment (?:recuperer|retrouver mes)|get (?:it|them) back|is it lost",
    ),
    Sign(
        "money",
        1.8,
        r"charged (?:me )?(?:twice|two times)|paid twice|double (?:payment|charge|paiement|prelevement)|preleve"
        r"|refund|rembours(?:e|ement|er)|paye deux fois",
    ),
    Sign(
        "accused",
        2.4,
        r"plagiar|plagiat|honou?r code accus|flagged for|never (?:copied|cheated)|accuse[de]? (?:of|de|d')|soupconne",
    ),
    Sign(
        "many",
        1.4,
        r"every ?(?:one|body)(?:'s| is| has| fails| gets|\b)|all of us|(?:\d+|five|ten|dozen|several|many) of us"
        r"|tout le monde"
        r"|(?:on est|nous sommes)(?: au moins)? (?:plusieurs|nombreux|une? \w+aine|\d+|\w+ (?:dans|sur|a))"
        r"|whole (?:class|group)|entire class|mes collegues aussi|pupils|idem"
        r"|pareil (?:chez|pour) (?:moi|nous)|same (?:problem|issue|error)|same (?:here|for me|for us|for everyone)",
    ),
    Sign(
        "key_wrong",
        1.6,
        r"(?:marked|counted|graded|compte|marque|note)(?:e|es|s|ees)? (?:as )?(?:incorrect|wrong|faux|fausses?)\b"
        r"|grading is wrong|re-?grade|recorriger"
        r"|(?:solution|corrige|answers?)[^.|]{0,25}(?:visible|s'affiche|shown|shows?)[^.|]{0,25}(?:avant|deja"
        r"|before|already)"
        r"|no (?:correct|right) answer|aucune bonne reponse",
    ),
    Sign(
        "starts_now",
        2.0,
        rf"(?:commence|starts?|begins?)[^.|]{{0,30}}(?:\b{NUMBER} ?{TIME}|\b\d+ ?h\b|\bnow\b|maintenant)"
        rf"|(?:direct|webinaire|webinar|live|exam|examen)[^.|]{{0,40}}\b(?:lien|link)\b",
    ),
    Sign(
        "asks_team",
        0.9,
        r"(?:can|could|pouvez|peut|pourr\w+)[^.!?|]{0,15}(?:staff|someone|somebody|anyone|vous|quelqu'un|the team"
        r"|l'equipe)[^.!?|]{0,50}(?:help|look|check|fix|unlock|aider|regarder|verifier|corriger|debloquer)"
        r"|(?:who|whom|qui)[^.!?|]{0,15}(?:can (?:fix|look|help)|(?:do|can|should) i (?:contact|talk|write|ask)"
        r"|contacter|m'adresser|s'adresser|appeler)"
        r"|someone from (?:the team|staff)|please fix|a corriger vite"
        r"|what (?:should|can|do|am) i (?:do|supposed)|que (?:dois|puis)[- ]je|que faire|is there anything"
        r"|how do i get back|comment faire \?",
    ),
    Sign(
        "plea",
        1.1,
        r"\burgent\b(?!.{0,12}(?:important|that|de|d'))|\basap\b|please help|\bsos\b|au secours|aidez[- ]moi"
        r"|tout de suite|immediate|right now|au plus vite|as soon as possible|le plus vite|de toute urgence",
    ),
    Sign("official", 0.6, r"\b(?:staff|team|equipe|support|help ?desk|moderat\w+|administrat\w+)\b"),
    Sign("shouts", 0.4, r"!!|\?\?"),
    # What speaks against it.
    Sign(
        "calm",
        -3.0,
        r"(?:rien|pas) d'?urgent|not urgent|no (?:hurry|rush)|rien de grave|mineur|minor|petite remarque"
        r"|small thing|half joking|just sharing|\blol\b|\bhaha|\bahah|i'm fine|:\)",
    ),
    Sign(
        "thanks",
        -2.2,
        r"^(?:re: [^|]*\| ?|[^|]{0,25})?(?:(?:un )?(?:grand )?merci (?!d'avance|de (?:votre|ton|bien))"
        r"|thank (?:you|u)|thanks|bravo|super)"
        r"|saved my|merci (?:beaucoup|a (?:vous|tous|tout|toute|ceux)\b|pour)"
        r"|thanks to|j'adore",
    ),
    Sign(
        "solved",
        -3.0,
        r"\bsolved\b|resolu\b|j'ai trouve|it was my|works now|it works|\bphew\b|\bouf\b"
        r"|ca marche (?:bien|maintenant)|just before the deadline|finally|enfin compris",
    ),
    Sign(
        "hello",
        -1.5,
        r"je m'appelle|my name is|bonjour (?:a tous|de )|hello (?:everyone|from|all)|hi (?:everyone|all)\b"
        r"|introduc|presentation \||looking forward|\bravie?\b|je suis (?:nouveau|nouvelle)|nice to meet|enchante",
    ),
    Sign(
        "asks_when",
        -1.8,
        r"\b(?:when (?:is|are|was)|until when|jusqu'a quand|quand (?:est|sont|peut)|time zone|fuseau"
        r"|is there an? (?!solution)|y a[ -]t[ -]?(?:il|elle)(?! une autre)|y aura|combien|how many|how much"
        r"|how is|are there"
        r"|peut[- ]on |is it (?:allowed|possible))",
    ),
    Sign(
        "asks_content",
        -1.2,
        r"\b(?:difference|distinguer|how (?:do|does|can|would|did) (?:i|you|we|it|one) (?!get|contact)|pourquoi"
        r"|why (?:do|does|is|not|are)|which |what (?:does|is|counts)|est[- ]ce qu|comment (?:fait|faire pour|on))",
    ),
    Sign(
        "shares",
        -1.0,
        r"\b(?:je vous partage|sharing|je conseille|here is|voici|i made|feel free|recommend|j'ai ecrit a|i wrote"
        r"|you'll find|you find|essayez|don't worry|bon courage|mon conseil|my tip|astuce|trick)\b",
    ),
)
