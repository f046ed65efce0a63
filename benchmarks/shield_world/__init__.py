"""A made-up course forum whose every post is labelled: honest newcomers, busy regulars, and an attack of spam.

The texts in `texts/` are written by hand; the rest (who writes when, where, under which name) is drawn from a seed. What is here
knows nothing of the rules that are measured with it, and was written before them: the attack after the incident that an Open edX
site reported (two hundred posts an hour by direct calls, names of the staff, WhatsApp, shorteners, hosted pages, QR codes),
the honest posts after what newcomers write in French and English courses. Set "a" is the one that rules may be tuned on; set
"b" has another course, other people, other texts, other seeds and other ways of attacking, and is only ever measured.
`docs/shield.md` says more.
"""

SETS = ("a", "b")
SEEDS = {"a": (21, 22, 23, 24, 25), "b": (1907, 1908, 1909, 1910, 1911)}
UNSEEN = "b"
