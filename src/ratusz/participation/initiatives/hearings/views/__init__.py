"""Pages of public hearings."""
