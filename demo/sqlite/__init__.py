"""A database backend for Django: SQLite that several threads may write to."""
