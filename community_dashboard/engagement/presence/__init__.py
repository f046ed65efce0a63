"""What the team of a course says in it, week by week, beside what its learners do.

A *word* of the team is a discussion begun, an answer, a comment, or an announcement: something that learners can read. An
endorsement is counted and is no word. The team are those who are on it now, or have a part in the forum.

Not here: how fast questions are answered (moderation's health page), and who of the team did what.
"""
