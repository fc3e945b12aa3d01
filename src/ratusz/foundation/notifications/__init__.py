"""Addresses, consents with their proof, and the one outbox for e-mail, SMS and printed letters."""
