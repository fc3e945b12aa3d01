"""One aim across channels, with its budget and evaluation."""
