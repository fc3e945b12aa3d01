"""Why groups, consulted texts and sign-offs hold no data of residents: they keep numbers of remarks and staff's own accounts."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "konto pracownika, który to zrobił w swojej roli"
OF_STAFF = (
    "AnalysisRun.asked_by", "Proposal.decided_by", "GroupingDeed.done_by", "GroupingDeed.undone_by", "ConsultedText.made_by",
    "TextVersion.made_by", "TextVersion.published_by", "LetMark.let_by", "SignOff.signed_by",
)  # fmt: skip


def register() -> None:
    """Fills the registry of fields that are not personal."""
    for name in OF_STAFF:
        not_personal.register(f"ratusz_remarks.{name}", STAFF)
