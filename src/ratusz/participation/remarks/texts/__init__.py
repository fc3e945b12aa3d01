"""A consulted text read from a file, cut into passages, compared with its earlier version. No database."""
