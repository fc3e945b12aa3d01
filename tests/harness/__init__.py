"""What holds for all addresses at once: who may enter, the second factor, the record."""
