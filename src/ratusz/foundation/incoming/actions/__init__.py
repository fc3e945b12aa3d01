"""What is done with letters: mailboxes read, letters kept, opened, settled, put aside, put back, forgotten."""
