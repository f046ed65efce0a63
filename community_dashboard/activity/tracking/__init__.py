"""From the platform's tracking events to facts of the record: who opened, watched or tried what, on which day.

The *backend* is called for every tracking event of the LMS and keeps the few that tell of learning (`reading.py`), as
*messages*: kind, account, block, moment. Messages wait in a list in Redis, or go with a Celery task (`delivery.py`), until a
worker writes them into the record (`recording.py`). What is not kept on the way is *lost*, and counted.

Not here: facts that the platform keeps in tables of its own; reconciliation finds those again.
"""
