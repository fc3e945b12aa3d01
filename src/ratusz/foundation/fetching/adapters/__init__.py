"""The connection that goes to one checked address and nowhere else."""
