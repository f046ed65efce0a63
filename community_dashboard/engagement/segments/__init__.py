"""Named segments: choices of learners that a course team speaks of by a name, and that stay true as time goes on.

A *definition* is conditions on facts of a learner, all of which hold, and groups of them of which one holds. Seven segments are
*ready-made*; a course may change one for itself and set it back, and make its own. Every change is kept with who made it.
A segment is of learners: the course team is in none.

Not here: how facts are counted (`activity/rollup`), and writing to the people of a segment.
"""
