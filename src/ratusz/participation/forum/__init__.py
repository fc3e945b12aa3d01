"""The consultation platform (PKS): topics, threads and comments, read without an account."""
