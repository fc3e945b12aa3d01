"""Benchmarks: each prints our figure, the limit or the peer measured beside it in the same run, and the ratio."""
