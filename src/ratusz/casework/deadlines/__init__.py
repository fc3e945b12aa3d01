"""Clocks with a legal basis: when they start, how long they run, when they stop and what is overdue."""
