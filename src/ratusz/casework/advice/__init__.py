"""Advice face to face: consultation points with their hours, appointments without an account, the log of what was advised."""
