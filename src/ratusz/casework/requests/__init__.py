"""Requests that the law gives a clock: accessibility, complaints about it, public information."""
