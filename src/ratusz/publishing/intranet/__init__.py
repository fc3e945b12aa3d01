"""Notices to staff with acknowledgement, and the directory."""
