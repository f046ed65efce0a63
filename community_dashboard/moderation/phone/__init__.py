"""The phone page: the three most urgent items of the queue, each decided in two taps, on a bad line too.

It opens from the signed link of a digest, without signing in, or for who is signed in. A link acts as the one moderator it was
made for and in one course; rights are asked for at every tap. Less than 30 kB with its styles, and without a script.
"""
