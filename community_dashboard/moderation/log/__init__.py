"""The log as a page and a file: every decision with who, what, why, before and after, what led to it and what followed.

Reads what `decisions.logbook` hands on and the appeals; writes nothing itself.
"""
