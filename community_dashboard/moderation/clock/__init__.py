"""The clock: how long questions wait, what was promised, and in which hours the promise counts.

A *target* promises a first answer, or a first look at a report, within so many *course hours*: the hours in which the team of a
course works, in the course's time zone and without its holidays. A post *waits* until that answer and is *past its target* when
the hours are over. The *forecast* says how many moderators a target needs.

Not here: who is urgent or reported (the queue knows), and the page (`health`).
"""
