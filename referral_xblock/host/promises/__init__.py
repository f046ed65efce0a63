"""What a host promises, one function for each promise; `host/contract.py` runs them. Words are for operators."""
