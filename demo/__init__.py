"""A small host for the two packages, made of the platform's published parts. Nobody imports it; it runs on loopback only."""
