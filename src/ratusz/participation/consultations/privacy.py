"""Where personal data lie in consultations: nowhere but in accounts of staff; bodies and units are no persons."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "konto pracownika, który to zrobił albo odpowiada w swojej roli"
OFFICE = "dane Urzędu albo organu, nie osoby prywatnej"


def register() -> None:
    """Fills the registry of personal data."""
    for name in (
        "Consultation.owner_person",
        "Consultation.created_by",
        "Campaign.changed_by",
        "Extension.extended_by",
        "Notice.entered_by",
        "Opinion.asked_by",
        "Series.made_by",
        "Series.owner_person",
        "YearPlan.published_by",
        "PlannedSubject.approved_by",
        "PlannedSubject.made_by",
    ):
        not_personal.register(f"ratusz_consultations.{name}", STAFF)
    for name in ("Consultation.decided_by", "Consultation.contact"):
        not_personal.register(f"ratusz_consultations.{name}", OFFICE)
