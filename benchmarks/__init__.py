"""What things cost, measured beside others on the same machine in the same minutes. Results: docs/performance.md."""
