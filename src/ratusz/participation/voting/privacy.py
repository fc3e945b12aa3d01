"""Personal data in voting: none of voters (only keyed digests, gone with the vote); staff act in a case of the Office."""

from ratusz.foundation.kit.registries import not_personal

STAFF = "numer konta pracownika: kto w Urzędzie to zrobił; rozliczalność (art. 5 ust. 2 RODO)"


def register() -> None:
    """Explains the fields that look personal."""
    for field in (
        "Annulment.asked_by", "Annulment.decided_by", "AnomalyCase.ended_by", "AnomalyLimits.set_by", "KeyCeremony.made_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_voting.{field}", STAFF)
