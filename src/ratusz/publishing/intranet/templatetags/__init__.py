"""Tags of the intranet's pages."""
