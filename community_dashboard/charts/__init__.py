"""Figures and charts: a sentence, a table, and what is drawn of its numbers.

`figures.py` is a table with bars beside it and needs no script; `charts.py` is what `charts.js` draws, the same numbers standing
in a table below. The numbers themselves always stand in a table.
"""
