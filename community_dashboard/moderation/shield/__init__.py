"""The spam shield: which posts are held before learners read them, and which are only shown to the moderators.

A *rule* finds one *sign* in a post, in its author's name or in the haste around it, and counts it in points. The course's team
sets each rule to *hold* (its points count towards holding), *flag* (the post stands in the queue, no more) or *off*. A post is
held when the points of at least two signs reach the course's limit and at least one of them is in the text: a name, a new
account or haste alone hold nothing. Words that the course watches hold alone if the team says so.

Judging is plain Python and asks no table. What is kept is a *trace* of each judged post for thirty days, without text and name:
it tells the same text in many threads, how hard the course is under attack, and what other rules would have done.

Not here: who holds a post (`intake` asks the acting account), and what happens to its author.
"""
