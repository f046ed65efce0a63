"""What an operator wants to know: is everything that we need from this platform in its place, and if not, what to do.

A *finding* is one sentence about this site with an id, a severity and a hint; the meaning of every id stands in `findings`.
A *use* is one thing that our host files do with a name of another package; the list of uses is read from those files.
It looks and says; it changes nothing.
"""
