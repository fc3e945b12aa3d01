"""Opinion ballots of consultations: one question, who may answer it, paper and online, tallies with what was invalid and why."""
