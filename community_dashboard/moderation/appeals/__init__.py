"""Appeals: an author asks that somebody else looks at what a moderator decided about them, once for each decision.

An *appeal* is *open* until a moderator who is neither the one who decided nor the author *upholds* the decision or *overturns*
it, which undoes it where the world allows it. At /community/me/ an author sees what was done and why, and appeals; silenced
people too. If nobody else moderates the course, the appeal waits and says so.
"""
