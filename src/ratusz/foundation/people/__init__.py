"""Accounts, roles, sign-in, one-time codes and the privacy tools of everyone who uses the office."""
