"""How long rows are kept: one setting for each table that grows, one job that deletes what is older.

What credit, rewards or a course's rules rest on is not deleted by age; docs/privacy.md says of each table why it is there
and how long. A page that counts rows says since when it can.
"""
