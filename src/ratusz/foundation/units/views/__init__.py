"""Pages of units and appointments."""
