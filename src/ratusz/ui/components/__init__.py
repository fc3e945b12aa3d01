"""Component tags, grouped by what they are for; all are loaded by {% load ui %}."""
