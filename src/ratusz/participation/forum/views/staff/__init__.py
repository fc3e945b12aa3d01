"""Screens of staff: topics and categories, threads, answers owed, export, the import of the old forum."""
