"""What the city says: messages, the website, the press office, the intranet."""
