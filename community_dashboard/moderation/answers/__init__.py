"""Answer once: who asks the same as the post that is open, who was answered already, and one reply to all of them.

Threads of a course are compared by title and the beginning of the text, in two steps: a few words of each, kept as numbers
(`index.py`), find those that may be meant; of these the likeness is measured (`likeness.py`). French and English are compared
each with their own. The answer can become the draft of a note for the unit, as text to copy.

Nothing is sent that the moderator has not ticked, and nobody is answered twice.
"""
