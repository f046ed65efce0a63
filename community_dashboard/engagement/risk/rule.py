"""The rule for a course about which nothing was learned yet: the chance that somebody drops out. Plain Python.

It says: *somebody comes on the days and as often as this person did so far, until one day they stop for good.* Both the
longer they have already been away, measured by their own rhythm, and the rarer they come, make it likelier that they are not
seen in the next days:

    S(u, t) = q + (1 − q) · e^−(u + d·t)        q = d / (r + d)
    chance  = S(u + v, t + n) / S(u, t)

r: how often the person comes (days a day); u: the days of work to be expected since the last one, t days ago, by the person's own
weekdays; v: those to be expected in the n days ahead; d: how readily people stop for good, each day. S is the chance to see
nothing of somebody: either they have stopped, or they have not come yet.

d is 2 % a day (13 % in a week), and more for who does less than in the week before, for who is behind the others, and in the
first week, when most people leave a course. Nothing here was fitted to data.
"""

from __future__ import annotations

import math

from community_dashboard.engagement.risk.facts import Facts, Peers

STOPS = 0.02  # a day
NEW, NEW_DAYS = 1.6, 7  # times as readily, in the first days
FEWER = 1.5  # … with fewer days of learning than in the week before
BEHIND, FAR = 1.3, -0.7  # … with less than half of what the others have completed
LEAST, MOST = 0.01, 0.99


def chance(facts: Facts, peers: Peers) -> float:
    """From 0.01 to 0.99."""
    stops = STOPS
    if facts.started < NEW_DAYS:
        stops *= NEW
    if facts.week < facts.week_before:
        stops *= FEWER
    if peers.lead(facts) < FAR:
        stops *= BEHIND
    gone = stops / (facts.rate + stops)

    def nothing_seen(expected: float, days: int) -> float:
        return gone + (1 - gone) * math.exp(-expected - stops * days)

    later = nothing_seen(facts.missed + facts.expected, facts.pause + facts.ahead)
    return min(MOST, max(LEAST, later / nothing_seen(facts.missed, facts.pause)))
