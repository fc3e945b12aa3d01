"""Pages for the people we write to, and screens for staff."""
