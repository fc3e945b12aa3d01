"""Downloads of files, and the screen of the quarantine for staff."""
