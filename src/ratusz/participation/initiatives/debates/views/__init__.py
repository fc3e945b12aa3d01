"""Pages of debates on the state of the municipality."""
