"""What the city decides: the President's decisions and legal acts."""
