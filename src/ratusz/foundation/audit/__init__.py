"""The append-only record of who did what, when and from where, chained so that a change to it shows."""
