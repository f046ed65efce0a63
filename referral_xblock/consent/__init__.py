"""What a person lets others see: how an inviter is named, and what an inviter learns of a friend.

Nobody is named who did not choose it. Nothing here decides about credit.
"""
