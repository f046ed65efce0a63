"""The Tutor plugin, rendered by Tutor itself."""
