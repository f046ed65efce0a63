"""The demo with three neighbours of the share link: pinax-referrals and two views that do next to nothing.

All of them stand behind the same middleware, in the same processes and on the same database, so that what differs
between them is what each of them does for a click.
"""
