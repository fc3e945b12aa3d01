"""Screens of messages for staff."""
