"""The list of a course's learners, the same as files and by REST, and one learner with what happened, notes and tags.

A *column* is a fact of `LearnerState` in words. A *wish* is what a reader wants of the list: which learners, in which order,
which columns; it stands in the address. A *note* is what somebody of the team wrote about a learner for the team; a *tag* is a
short label by which learners are found again. Both are logged, stand in the learner's own data, and are forgotten.

Not here: how figures are counted, segments, and the chance of dropping out.
"""
