"""The fraud review: what production sees, decides and shows."""
