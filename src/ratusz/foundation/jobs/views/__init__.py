"""The screen of jobs that got stuck."""
