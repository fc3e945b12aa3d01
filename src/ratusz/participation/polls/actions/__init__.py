"""What is done with opinion ballots: set up, cast, typed from paper, brought in as a file, urns opened, the decision told."""
