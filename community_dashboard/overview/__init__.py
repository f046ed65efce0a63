"""The page "what needs you now": eight questions in a fixed order, each answered by the domain that knows."""
