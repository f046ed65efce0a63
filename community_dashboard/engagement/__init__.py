"""Who learns, who drifts, and what to do about it: the pages of a course's team over its learners.

A *segment* is a named choice of learners that stays true as time goes on. The *choosers* (`choosing/`) say which period and
which learners a page is about, in its address. A *finding* is one sentence made from figures. *Risk* is the chance that
somebody who is active now drops out, as the course defines dropping out. *Presence* is what the team itself does beside its
learners.

Not here: how figures are counted (`activity/rollup`), and writing to learners.
"""
