"""The record of what happened in a course: who, what, about what, where, when. Append-only.

An *activity* is one row of the record. Its *kind* is one of those declared in `kinds.py`. A *fact* (`facts.py`) is an
activity on its way into the record; its *key* is the same whenever the same thing is told again, so that telling it
twice, late or out of order changes nothing. *Reconciliation* reads the platform's own tables and adds what no listener
told. A *stub* stands for a retired person in one course: it counts as one person there and leads to nobody.

Not here: figures that pages show often (they are rolled up from this record), and what a post or a grade says.
"""
