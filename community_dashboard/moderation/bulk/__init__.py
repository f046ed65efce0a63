"""Many decisions at once: on a selection, on a filter of the queue, on everything by one author.

A *job* is one choice for many posts; its *steps* are the posts, in order, each with what became of it. A job runs in the
background, in the name of who began it and with that person's rights at every step; it can be stopped, goes on after a
worker was killed, and can be undone. What would happen is shown before it begins.

Not here: what a decision does (`decisions`), and sanctions against people, which are decided one by one.
"""
