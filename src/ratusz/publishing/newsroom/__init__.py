"""The press office: inquiries, releases, media contacts, coverage, corrections and image rights."""
