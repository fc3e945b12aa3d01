"""What must be right before a text goes out: gates with what is missing, overrides, and help with plain language."""
