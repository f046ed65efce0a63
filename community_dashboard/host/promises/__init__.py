"""What a host promises the dashboard, one function for each promise; `host.contract` runs them. Not translated: for operators."""
