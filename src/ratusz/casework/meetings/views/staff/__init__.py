"""Screens of staff around a meeting."""
