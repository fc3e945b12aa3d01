"""Screens of the department: collections, sheets and their lines, the check."""
