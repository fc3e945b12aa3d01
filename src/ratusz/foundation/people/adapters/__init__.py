"""What allauth asks us: accounts, the second factor, the city's own sign-in."""
