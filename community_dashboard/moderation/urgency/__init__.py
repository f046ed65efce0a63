"""Which posts somebody of the team must see today, and which say that the course itself is wrong.

A post is read for *signs*: short lists of French and English words, each with what a moderator is told about it. Their weights
give an *urgency* from 0 to 1 that needs nothing but Python. A course *learns* from what its moderators decide: the same signs and
the words of the course get weights of their own, which are kept as numbers in a table. It does not decide anything and holds no
post; advertising and insults are the shield's.
"""
