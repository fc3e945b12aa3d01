"""Where personal data lie in opinion ballots: in their intakes, which remarks keep and erase; here only accounts of staff."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "konto pracownika, który to zrobił w swojej roli"


def register() -> None:
    """Fills the registry of personal data."""
    for name in ("Urn.opened_by", "Urn.second_by", "Batch.brought_by", "Batch.second_by"):
        not_personal.register(f"ratusz_polls.{name}", STAFF)
