"""Drafting of the President's orders and the Council's resolutions."""
