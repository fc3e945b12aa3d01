"""Pages of opinion ballots."""
