"""Pages of the vote: the way to the ballot box, the public log, "this was not me"."""
