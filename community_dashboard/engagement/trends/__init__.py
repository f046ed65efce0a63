"""What happens in a course over time, one page for each question: charts with their findings and their tables.

A *step* is a day or a week along the base of a chart. What is *running* is not over yet: it is drawn lighter and compared
with nothing.
"""
