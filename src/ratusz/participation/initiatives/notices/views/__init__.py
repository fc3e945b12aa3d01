"""Pages of notices of committees."""
