"""Sharing: the networks as data, what fits in a message and how it is composed, the QR code and the preview card.

Words. A *network* is where somebody posts or writes to somebody. A *channel* is what a link is labelled with: every network,
and the ways that are none (copy, QR code, the phone's share sheet, the share page). A *composer* is the network's own page
or app with the message filled in; it opens on a tap, and nothing of a network is loaded before.
`networks`, `limits` and `composer` are plain Python. Who may share which link is decided in `links`, not here.
"""
