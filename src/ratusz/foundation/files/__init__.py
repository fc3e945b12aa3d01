"""What people upload: checked by content, re-encoded, scanned, quarantined, kept privately and no longer than allowed."""
