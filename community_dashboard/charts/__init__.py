"""What a figure draws beside its numbers. Lengths only; the numbers themselves always stand in a table."""
