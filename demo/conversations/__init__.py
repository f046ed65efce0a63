"""What the crowd says in the forum of the demo's course: conversations written by hand, drawn over eight weeks.

`texts.json` has the conversations. `drawing.py` gives them people and moments, plain Python. `loading.py` puts them into the
forum's own tables and has the dashboard read them, as on a site where it is installed late.
"""
