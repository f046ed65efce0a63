"""Learning together: teams, and study buddies.

A *team* is a few learners of one course under a name of their own; it is joined by its code, and a person is in one team of
a course at most. A *membership* has a beginning and an end, so that a team counts what its members brought while they were
in it. A *buddy pair* is an inviter and an invited friend who both said yes to a shared weekly goal.

Points and places are the leaderboard's; who sees which name is `consent`'s.
"""
