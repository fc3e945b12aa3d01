"""Journeys through a real browser that belong to no module."""
