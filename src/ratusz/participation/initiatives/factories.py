"""Initiatives for tests and the demo."""

from __future__ import annotations

import io
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from ratusz.casework.meetings.factories import make_place
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.foundation.units.models import Unit
from ratusz.participation.initiatives import actions
from ratusz.participation.initiatives.debates import actions as debates
from ratusz.participation.initiatives.hearings import actions as hearings
from ratusz.participation.initiatives.models import CommitteeNotice, Debate, DebateEntry, Hearing, HearingOpinion, Initiative
from ratusz.participation.initiatives.notices import actions as notices

COMMITTEE = "\n".join(f"Próbna Osoba{letter}; ul. Próbna {number}/1" for number, letter in enumerate("abcde", 1))
FACTS: dict[str, Any] = {
    "title": "Uchwała w sprawie cienia na placach zabaw",
    "draft": "§ 1. Na każdym miejskim placu zabaw rosną drzewa, które dają cień.\n§ 2. Uchwała wchodzi w życie po 14 dniach.",
    "justification": "W lipcu urządzenia na placach są tak gorące, że dzieci nie mogą się bawić.",
    "members": COMMITTEE, "email": "komitet@example.pl",
}  # fmt: skip


def make_clerk(role: str = "editor") -> Any:
    """A person with a role in the department."""
    unit = Unit.objects.the_department() or UnitFactory(is_department=True)
    return AppointmentFactory(role_code=role, unit=unit).person


def make_initiative(person: Any = None, **facts: Any) -> Initiative:
    """One that collects signatures."""
    said = FACTS | {"form_key": uuid.uuid4()} | facts
    return actions.register_initiative(**said, person=person or make_clerk())


def make_hearing(
    person: Any = None, *, in_days: int = 14, is_announced: bool = True, speakers: int | None = None, **facts: Any
) -> Hearing:
    """A hearing at 16.00 of a day ahead, announced unless asked otherwise."""
    day = local_day(database_now()) + timedelta(days=in_days)
    person = person or make_clerk()
    starts = datetime.combine(day, time(16), tzinfo=WARSAW)
    said = {
        "title": "Uchwała w sprawie strefy płatnego parkowania", "draft": "§ 1. Strefa obejmuje ulice z załącznika.",
        "author": "Prezydent Miasta", "chair": "Przewodniczący Rady Miasta", "ordered_by": "XX/300/26",
        "ordered_on": local_day(database_now()), "opinions_until": day,
    }  # fmt: skip
    made = hearings.plan_hearing(
        facts=said | facts, starts_at=starts, ends_at=starts + timedelta(hours=2), place=make_place(), contact="tel. 32 000 00 00",
        speakers=speakers, form_key=uuid.uuid4(), person=person,
    )  # fmt: skip
    return hearings.announce_hearing(hearing=made, person=person) if is_announced else made


def make_opinion(hearing: Hearing, text: str = "Strefa jest za duża.", **facts: Any) -> HearingOpinion:
    """A written opinion from the website."""
    said = {"who": "Próbna Osoba", "organisation": "", "email": "opinia@example.pl", "form_key": uuid.uuid4()}
    return hearings.file_opinion(hearing=hearing, text=text, **(said | facts))


def make_debate(person: Any = None, *, in_days: int = 14, **facts: Any) -> Debate:
    """A debate at 9.00 of a day ahead."""
    day = local_day(database_now()) + timedelta(days=in_days)
    said = {
        "year": day.year - 1, "session_at": datetime.combine(day, time(9), tzinfo=WARSAW), "place": "sala sesyjna, ul. Młyńska 4",
        "report_url": "https://example.pl/raport.pdf", "report_on": local_day(database_now()) if in_days > 0 else None,
        "most_speakers": 15, "raised_by": "",
    }  # fmt: skip
    return debates.save_debate(facts=said | facts, person=person or make_clerk())


def make_entry(debate: Debate, name: str = "Próbna Osoba", home: str = "ul. Próbna 1/2", **facts: Any) -> DebateEntry:
    """A resident's form with a scan, filed on the website."""
    upload = io.BytesIO(make_pdf())
    upload.name = "zgloszenie.pdf"
    said = {"email": "mowca@example.pl", "form_key": uuid.uuid4(), "upload": upload}
    return debates.file_entry(debate=debate, name=name, home=home, **(said | facts))


def make_notice(**facts: Any) -> CommitteeNotice:
    """A committee's notice from the website."""
    return notices.send_notice(**(FACTS | {"form_key": uuid.uuid4()} | facts))
