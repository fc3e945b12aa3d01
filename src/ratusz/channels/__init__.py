"""How it reaches people: newsletter, bulletin, social media."""
