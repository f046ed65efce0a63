"""Open edX community and growth, for Tutor 20 (Teak), 21 (Ulmo) and 22 (Verawood).

`options`: what an operator can set. `jobs`: the commands. `patches/`: what goes into Tutor's files. `plugin` registers it.
"""
