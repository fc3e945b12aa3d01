"""Pages at the gates: how a page is read, what stops its publication, what waits for an editor then."""
