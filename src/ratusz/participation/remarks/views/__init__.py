"""Pages of remarks, for everybody and for staff."""
