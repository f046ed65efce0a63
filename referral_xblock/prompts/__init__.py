"""Good moments: after something went well, a learner may be asked once whether to invite somebody.

A *moment* is what went well (a unit passed, an answer in the forum, a certificate) or a *stumble*. A *prompt* is one sentence
with a link and two ways to say no, in the block and, where the platform lets us, on the course's page. rules.py says when
there may be one. Off unless the course turns it on; never for those who are drawn to see the block without its invitation.
"""
