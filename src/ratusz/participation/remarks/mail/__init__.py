"""Letters that came by e-mail and what is proposed for them: whose consultation, which words, whose address. People decide."""
