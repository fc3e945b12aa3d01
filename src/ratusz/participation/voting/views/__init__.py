"""Pages of the vote: the ballot, the public log, complaints; screens of the officer."""
