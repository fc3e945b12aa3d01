"""Supporters' lists and paper returns: collection, double entry, duplicates."""
