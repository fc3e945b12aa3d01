"""The public portal: page types, menus, search, feeds, and the ledger of who owns each page."""
