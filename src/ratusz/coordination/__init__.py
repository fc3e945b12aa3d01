"""The department's desk: strategy, campaigns, calendar and what needs attention now."""
