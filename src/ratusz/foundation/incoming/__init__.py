"""Letters that come by e-mail: read from mailboxes, kept whole before they are marked read, handed to the module they are for."""
