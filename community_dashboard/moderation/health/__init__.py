"""The health page: how fast questions are answered, who waits, what comes next and how many moderators that needs.

Each figure has its finding in a sentence and its numbers in a table. Course staff and forum Administrators set the targets, the
course hours and the holidays here; both are tried on the last 14 days before they are saved.
"""
