"""Growth: pages, files and REST answers over what `referral_xblock.api` counts. Keeps no table of its own.

A *list* is the rows behind a number; its name is the stage ("enrolled"), "left", "held", "not-credited", "advocates",
"requests" … A list's address holds its whole filter, so that it can be kept and sent.
"""
