"""The weekly digest: once a week a mail to each of a course's team, with the week's figures and findings as tables.

Nobody gets it who is no longer on the team or stopped it, and nobody of a course whose team switched it off. A row is marked
before a mail goes out: who dies in between has not sent it, and nobody sends it again. A course without any figures sends none.
"""
