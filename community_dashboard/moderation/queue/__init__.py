"""The queue: one item for each post that somebody should look at, whatever the number of reasons.

Every source says its *findings* about a post; the item's *score* is made of them and of what is known of reporters, author and
reach, each part with its words. An item is open while something was found that no decision has answered. It can be *claimed*
(somebody looks at it now), *assigned*, *snoozed* and *settled* (decided). It does not know how a decision is carried out.
"""
