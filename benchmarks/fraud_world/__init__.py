"""A made-up course whose every invitation is labelled: an honest campus, honest people elsewhere, and attacks on rewards.

What is here knows nothing of the rules that are measured with it, and was written before them. A world is drawn from a
seed; `SEEDS` are those that rules may be tuned on, `UNSEEN_SEEDS` those that they may only be measured on. It is a
simulation: it says what the rules do to behaviour as described here, not what happens on a real site.
"""

SEEDS = (11, 12, 13, 14, 15)
UNSEEN_SEEDS = (907, 908, 909, 910, 911)
