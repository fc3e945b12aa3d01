"""The ledger of content: who owns which page, what is due, broken links, readers' answers, unpublishing with a reason."""
