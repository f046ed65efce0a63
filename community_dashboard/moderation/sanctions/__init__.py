"""Sanctions: what keeps an author from posting, and what the team notes about one.

A *warning* keeps nobody from anything. A *silence* does until a moment, a *ban* until it is lifted; both are in one course.
The *gate* refuses the posts of a silenced or banned author before the forum takes them, in the platform's own discussion API
and in the verbs of the host. What gets past it is found by `intake`, which asks `queries.sanction_on`, and is held.

Not here: who may sanction whom, and the log of it (`decisions`), or the author's appeal (`appeals`).
"""
