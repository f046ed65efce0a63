"""What would have happened: a rule, a weight or a limit is tried on the last days before it is saved.

A domain hands in its cases, each with what became of it by the rules of today and what would have become of it by the
proposed ones; this domain counts, picks examples and shows them in the same way everywhere (`rehearsal.html`). It asks no
table and changes nothing.
"""
