"""The text of minutes: kinds of blocks, one whole made of them, what of it is public, and the document made of that."""
