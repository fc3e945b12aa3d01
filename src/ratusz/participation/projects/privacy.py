"""Where personal data lie in projects: authors, co-authors, proxies; the words of an application itself are public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.packs import packs_of
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.people.keys import plain_address
from ratusz.foundation.people.models import User
from ratusz.participation.projects import actions
from ratusz.participation.projects.models import Appeal, Application, Call, Party, Remark

FIELDS = ("name", "address", "email", "phone", "is_minor", "guardian_name", "guardian_contact")
STAFF = "numer konta pracownika: kto w Urzędzie to zrobił; rozliczalność (art. 5 ust. 2 RODO)"
DUTY = "art. 6 ust. 1 lit. e RODO w zw. z art. 5a ustawy o samorządzie gminnym"


def parties_of(person: Any):
    """People of applications who have this address or number; no account is needed to submit."""
    address = plain_address(person.email if isinstance(person, User) else person)
    return Party.objects.filter(email__iexact=address) | Party.objects.filter(phone=address) if address else Party.objects.none()


def _export(person: Any) -> Iterable[dict[str, Any]]:
    return parties_of(person).values("role", "application__number", "application__title", *FIELDS)


def _erase(person: Any) -> int:
    return actions.erase_parties(parties=parties_of(person))


def _applications_of(person: Any):
    """Where they are the author or the proxy: what was said to the Office is theirs."""
    return Application.objects.filter(parties__in=parties_of(person).exclude(role=Party.Role.CO_AUTHOR))


def _remarks_of(person: Any):
    address = plain_address(person.email if isinstance(person, User) else person)
    return Remark.objects.filter(email__iexact=address) if address else Remark.objects.none()


def kept_days() -> int:
    """How long the people of an application are kept."""
    return packs_of("ratusz.participation.projects")["projects"].at(date.max)["kept_days"]


def past(moment: datetime):
    """People of applications whose time is over."""
    return Party.objects.filter(application__changed_at__lt=moment - timedelta(days=kept_days())).exclude(
        name="", email="", phone=""
    )


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Party, fields=FIELDS, purpose=_("to take in and check projects of the participatory budget"), legal_basis=DUTY,
        retention="5 lat od ostatniej zmiany zgłoszenia (kategoria B5, do potwierdzenia)", retention_days=kept_days(),
        export=_export, erase=_erase, past=past,
        kept_because=_("the application itself, without its people: art. 17 ust. 3 lit. b RODO"),
    )  # fmt: skip
    _register_statements()
    for field in (
        "Appeal.decided_by", "Appeal.entered_by", "Application.entered_by", "Call.refused_by", "Call.sent_by", "Check.decided_by",
        "Check.proposed_by", "Check.substitute", "Check.verifier", "Mark.by", "Opinion.given_by", "ProjectList.published_by",
        "IdeaAnswer.entered_by", "LandCheck.checked_by",
        "Substitution.absent", "Substitution.set_by", "Substitution.substitute", "Remark.answered_by", "Urn.counted_by",
    ):  # fmt: skip
        not_personal.register(f"ratusz_projects.{field}", STAFF)
    not_personal.register("ratusz_projects.Urn.second_person", "kto z Urzędu liczył karty jako druga osoba; rozliczalność")
    not_personal.register(
        "ratusz_projects.LandCheck.owner", "rodzaj właściciela gruntu (miasto, Skarb Państwa, prywatny), nie osoba"
    )


def _answers_of(person: Any):
    found = Call.objects.filter(application__in=_applications_of(person)).exclude(answer="")
    return found.values("application__number", "sent_at", "answer")


def _appeals_of(person: Any):
    found = Appeal.objects.filter(application__in=_applications_of(person)).exclude(reasons="")
    return found.values("application__number", "filed_at", "reasons")


def _remarks_told(person: Any):
    return _remarks_of(person).values("application__number", "kind", "words", "written_at", "email")


def _register_statements() -> None:
    """What authors answered and appealed, and the e-mail under a remark; a nightly job ends them (forget_statements)."""
    common: dict[str, Any] = {
        "purpose": _("to take in and check projects of the participatory budget"), "legal_basis": DUTY,
        "retention": "5 lat od ostatniej zmiany zgłoszenia (kategoria B5, do potwierdzenia)", "retention_days": kept_days(),
    }  # fmt: skip

    def erase_said(person: Any) -> int:
        return actions.erase_statements(applications=_applications_of(person))

    goes_on = _("while the check of the project goes on: art. 17 ust. 3 lit. b RODO")
    register_personal_data(Call, fields=("answer",), export=_answers_of, erase=erase_said, kept_because=goes_on, **common)
    undecided = _("while the appeal is not decided: art. 17 ust. 3 lit. b RODO")
    register_personal_data(Appeal, fields=("reasons",), export=_appeals_of, erase=erase_said, kept_because=undecided, **common)
    itself = _("the remark itself, which names nobody: art. 17 ust. 3 lit. b RODO")
    register_personal_data(
        Remark, fields=("email",), export=_remarks_told, kept_because=itself,
        erase=lambda person: actions.erase_remarks(remarks=_remarks_of(person)), **common,
    )  # fmt: skip
