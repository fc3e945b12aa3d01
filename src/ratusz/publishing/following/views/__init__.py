"""Pages for residents who follow, and the staff's screen of the emergency banner."""
