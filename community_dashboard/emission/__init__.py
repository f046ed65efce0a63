"""What the dashboard tells the site's tracking log: the table of its events. How they are sent, and what becomes of them in
xAPI, is the block package's: see referral_xblock/emission and docs/events.md.
"""
