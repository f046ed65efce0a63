"""The digest: once a day a mail to each moderator of a course, with what waits and what is theirs.

Nobody gets it who no longer moderates, who stopped it by its link, or on a day on which nothing waits. A row is marked before a
mail goes out: who dies in between has not sent it, and nobody sends it again.
"""
