"""What this package tells the site's tracking log, and with event-routing-backends an analytics store: events of our own.

`events` is the table of them, `emitting` sends one after the commit, `routing` lets them through to xAPI in the settings, and
`xapi` registers how they become statements. An event names nobody but its actor, by the account's number, and carries numbers
and words of a fixed list alone: no address, no code of a link, no text that somebody wrote. See docs/events.md.
"""
