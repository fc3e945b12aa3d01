"""Things everything stands on: people, places, messages out, files, the record of who did what."""
