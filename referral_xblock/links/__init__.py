"""Links that invite, and the ledger of what asked for them.

A *link* belongs to a person, a course, a placement (the block, or "" for the course) and a channel (where it is put). A
*click* is one request for its page; its verdict starts as "machine" or "unknown" and becomes "person" only by what a
person does on the page. Nothing here rewards a click, binds an account or knows of enrolments: that is `journey`.
"""
