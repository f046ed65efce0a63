"""What inviting brings: milestones reached, badges, titles, texts that open, and what the invited friend gets.

A *milestone* is a stage and a number ("three friends active"). It is *earned* when so many credited friends have reached the
stage and have stayed for the policy's hold period; it is *granted* at once, or by the course's staff where the policy wants
a person to look; it is *revoked*, with the reason, when the friends who carried it are gone. What is earned is computed from
the journeys each time anew, so that the order and the repetition of events change nothing.

This domain pays no money and sends nothing: it says who has earned what, and hands out badges.
"""
