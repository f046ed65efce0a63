"""Who brought friends who learn: points of people and of teams, and their places.

A *standing* is the stored number of points of one learner in one course; it is computed anew from the journeys each time, so
that order and repetition of events change nothing, and once an hour for everybody, because time alone changes points. A
*place* counts everybody with points, shown or not; equals share it (1, 2, 2, 4). Only those who want to appear are listed.

A *team's* points: a friend counts for the team in which the inviter was at the moment of the friend's enrolment, with what
the friend is worth today; whoever joins later brings nothing along, whoever leaves takes nothing away.
"""
