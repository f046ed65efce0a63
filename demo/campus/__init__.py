"""The little LMS: accounts, sign-in, enrolment, roles, mail, the pages around a course.

It says what only an LMS can say and emits the platform's own events, with the same data and in the same order
(`actions/`). It knows nothing of referrals; the courses themselves are `demo.courseware`.
"""
