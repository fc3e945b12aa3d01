"""Units of the Office and the city's own entities: who heads them, who is appointed to what, who stands in for whom."""
