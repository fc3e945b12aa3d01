"""Everything with a date, in one view and one feed."""
