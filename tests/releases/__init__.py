"""The releases of the platform: what we ask for, and what is in the package that they get."""
