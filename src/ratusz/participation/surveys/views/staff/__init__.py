"""Screens of the department: surveys, their questions, codes, quotas and paper cards."""
