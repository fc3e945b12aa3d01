"""Any meeting from registration and agenda to check-in and minutes."""
