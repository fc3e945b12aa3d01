"""Work that falls due: a table of due jobs, the ticker that wakes them and the sweep that takes back what a dead worker held."""
