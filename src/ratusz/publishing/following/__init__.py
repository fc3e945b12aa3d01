"""What residents follow by e-mail and feeds, the emergency banner and cards for other websites."""
