"""At risk: who is likely to drop out in the next days, why, and how far that may be believed.

What *dropped out* means is the course's choice (`meaning.py`). Each day everybody who learned in the last seven days gets a
*chance* of dropping out: by a stated *rule* (`rule.py`), or by a *model* that learned from the course's own past weeks or its
earlier run (`learning.py`), which is used only where it did better than the rule in weeks that it had not seen. *Facts*
(`facts.py`) are what both know of a learner on a day, and *reasons* say the weightiest of them in words.

Not here: writing to anybody, and who started or finished (segments and trends).
"""
