"""The choosers of engagement's pages: period, cohort, track and segment, held in the address, so that a link shows the same.

A *choice* is what stands in an address; `chosen` makes of it the learners that the figures are asked for.

Not here: what a page does with a choice.
"""
