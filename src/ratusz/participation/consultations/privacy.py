"""Where personal data lie in consultations: nowhere yet but in accounts of staff."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "konto pracownika, który to zrobił albo odpowiada w swojej roli"


def register() -> None:
    """Fills the registry of personal data."""
    for name in (
        "Consultation.owner_person",
        "Consultation.created_by",
        "Consultation.decided_by",
        "Series.made_by",
        "YearPlan.published_by",
        "PlannedSubject.approved_by",
        "PlannedSubject.made_by",
    ):
        not_personal.register(f"ratusz_consultations.{name}", STAFF)
