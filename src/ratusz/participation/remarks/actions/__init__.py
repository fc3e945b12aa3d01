"""What people do with remarks: each deed in the file named after it."""
