"""The electronic newsletter: lists, consent, issues, sending and bounces."""
