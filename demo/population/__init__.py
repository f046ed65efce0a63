"""Who lives in the demo: the cast that one can be, and the crowd around it."""
