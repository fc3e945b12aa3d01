"""Debates on the report on the state of the municipality: residents' forms with signatures, the order of receipt, who speaks."""
