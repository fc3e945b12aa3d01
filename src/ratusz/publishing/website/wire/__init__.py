"""The open city wire: what the city has said, once, for feeds, letters to followers and cards on other websites."""
