"""The President's decisions: unit, deadline, evidence and the public answer."""
