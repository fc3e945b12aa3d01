"""What many remarks have in common, found on this machine alone: copies, letters made of one template, topics, sides."""
