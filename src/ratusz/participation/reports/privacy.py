"""Where personal data lie in reports: in accounts of staff alone. What is published is checked for names before."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "konto pracownika, który to zrobił w swojej roli"


def register() -> None:
    """Fills the registry of personal data."""
    for name in (
        "Report.created_by", "SignOff.signed_by", "Version.begun_by", "Evidence.noted_by", "Outcome.noted_by", "EffectStep.told_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_reports.{name}", STAFF)
    not_personal.register("ratusz_reports.Report.contact", "komórka, telefon i poczta Urzędu, drukowane w raporcie")
