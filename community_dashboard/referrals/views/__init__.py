"""Views of the growth pages: permission, form, one query or action, a template."""
