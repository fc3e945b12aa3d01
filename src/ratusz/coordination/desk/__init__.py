"""What needs attention now, for each role."""
