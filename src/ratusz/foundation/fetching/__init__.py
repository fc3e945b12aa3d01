"""The one guarded way out to foreign addresses."""
