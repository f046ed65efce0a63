"""The platform as the dashboard needs it: one interface, chosen by `settings.COMMUNITY_HOST`.

Who somebody is in a course, and what the course is, come from `referral_xblock.api.get_host()`. Here is only what the
dashboard asks beyond that: the roster, how learners stand, and the forum as a moderator works in it.
"""
