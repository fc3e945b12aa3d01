"""`ratusz budget recount`: counts published ballots again and compares with the published result. No Django, no database."""

from ratusz.participation.budget.recount.command import main

__all__ = ["main"]
