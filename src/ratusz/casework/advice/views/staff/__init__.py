"""Screens of the department: the day at a point, its hours, the log with earlier answers, figures."""
