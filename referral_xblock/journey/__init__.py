"""How far the invited came, and to whom they are credited.

Two append-only tables are the ledger: a *touch* binds an account to a click or a typed code; an *event* is what the
platform said (registered, enrolled, …). A *journey*, one per person and course, is computed from the ledger by
`attribution.attribute` and may be thrown away and computed again at any time.
"""
