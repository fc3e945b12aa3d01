"""Screens of the gates: for staff, and the public page on plain language."""
