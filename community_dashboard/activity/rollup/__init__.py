"""Figures rolled up from the record: by day, by learner and day, by learner. The only tables that pages aggregate.

A *metric* (`metrics.py`) is a count that stands for a day of a course. *Filling* works a day of a course at a time, and again
whenever something of that day changed (`FillState`): what is killed is done again, what is done twice is the same. A *person*
is the number of an account, or minus the number of a stub for somebody who is retired. *Facts* (`choosing.py`) are what one
may ask of a learner; a *choice* of learners is made of facts.

Not here: what a page says about figures, and what the platform is asked while somebody waits.
"""
