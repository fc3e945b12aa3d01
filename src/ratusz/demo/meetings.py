"""Meetings of the demo city: 22 of districts from one template, two with people, a press conference, reception, moderators.

Rooms and people are made up; no address is real.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.actions import Guest, Person
from ratusz.casework.meetings.models import Meeting, Official, Place, SeatGroup, Series
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District

NAMESPACE = uuid.UUID("8f0a1c52-4a37-4b5c-9f4e-2d2f0f4b7a11")
CYCLE = "Spotkania Prezydenta z mieszkańcami"
MODERATORS = "Zebrania moderatorów"
WITH_PEOPLE = (1, 10)
"""Numbers of the two districts whose meetings are announced and have registrations."""
QUESTIONS = (
    "Kiedy ruszy remont chodnika przy szkole?", "Czy w parku będzie toaleta?", "Co z przejściem dla pieszych koło przychodni?",
    "Dlaczego autobus wieczorem nie dojeżdża do pętli?", "Kiedy nowe ławki na skwerze?",
)  # fmt: skip
UNCONFIRMED = 12
CALLED = (
    "Mieszkanka", "Mieszkaniec", "Sąsiadka z trzeciej klatki", "Rodzice uczniów", "Senior z klubu", "Rowerzystka", "Właściciel psa",
    "Działkowiec", "Rada rodziców", "Nowa w dzielnicy", "Pan z balkonu", "Klub seniora", "Biegaczka", "Opiekunka",
)  # fmt: skip


TASKS = (("head", "host"), ("editor", "minute_taker"), ("desk-officer", "registrar"), ("press-officer", "helper"))
"""Whose account (the part of its address before @) gets which task at meetings to come."""


def load(report: Report) -> None:
    """Repeatable: series and meetings are known by their titles."""
    report("spotkania")
    planner = User.objects.filter(email__startswith="editor@").first()
    if planner is None or Series.objects.filter(title=CYCLE).exists():
        return
    with acting(system("demo")):
        president = Official.objects.get_or_create(name="Prezydent Miasta", defaults={"order": 1})[0]
        Official.objects.get_or_create(name="Wiceprezydent do spraw społecznych", defaults={"order": 2})
        series = _cycle(planner)
        for number in WITH_PEOPLE:
            _with_people(series, number, president, planner)
        _press_conference(planner, president)
        _reception(planner)
        _group(planner)
        _moderators(planner)


def working_day(ahead: int, hour: int, minute: int = 0) -> datetime:
    """So many days ahead, on a working day."""
    day = local_day(database_now()) + timedelta(days=ahead)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(hour, minute), tzinfo=WARSAW)


def _place(name: str, address: str, **facts: Any) -> Place:
    start = {"is_step_free": True, "has_accessible_toilet": True, **facts}
    return Place.objects.get_or_create(name=name, address=address, defaults=start)[0]


def _cycle(planner: User) -> Series:
    template = {
        "who_may_come": "Każdy, kto tu mieszka, uczy się albo pracuje.",
        "contact": "Wydział Komunikacji Społecznej, tel. 32 000 00 00",
        "summary": "Co miasto zrobiło w dzielnicy, co planuje i o co pytają mieszkańcy. "
        "Na miejscu działa stanowisko, przy którym złożysz wniosek na piśmie.",
        "capacity": 120,
    }
    wanted = [
        {"title": f"{CYCLE}: {each.name}", "district": each, "starts_at": working_day(9 + 7 * number, 17)}
        for number, each in enumerate(District.objects.order_by("number"))
    ]
    return actions.plan_series(title=CYCLE, kind="residents", template=template, meetings=wanted, person=planner)


def _with_people(series: Series, number: int, president: Official, planner: User) -> None:
    """A small room, so that there is a waiting list; a group with its own seats; questions sent ahead."""
    meeting = series.meetings.filter(district__number=number).first()
    if meeting is None:
        return
    name = f"Szkoła Podstawowa (próbna), {meeting.district}"
    place = _place(
        name, f"ul. Przykładowa {number}", district=meeting.district, capacity=150, has_loop=number == 1, has_parking=True
    )
    facts = {"place": place, "capacity": 18, "needs_interpreter": number == 1}
    meeting = actions.change_meeting(meeting=meeting, facts=facts, officials=[president], person=planner)
    quota = meeting.starts_at - timedelta(days=3)
    actions.set_seat_groups(
        meeting=meeting, groups=[{"name": "Rada dzielnicy", "capacity": 3, "priority": 1, "quota_until": quota}], person=planner
    )
    meeting = actions.announce(meeting=meeting, person=planner)
    give_tasks(meeting, planner)
    group = SeatGroup.objects.get(meeting=meeting)
    for index, called in enumerate(CALLED):
        _come(meeting, planner, index, called, group if index == 3 else None)


def give_tasks(meeting: Meeting, planner: User) -> None:
    """Who does what there, and the list of things to do, which goes with the tasks."""
    for name, task in TASKS:
        person = User.objects.get(email=f"{name}@{DOMAIN}")
        actions.give_duty(meeting=meeting, to=person, task=task, person=planner)
    actions.make_checklist(meeting=meeting, person=planner)


def _come(meeting: Meeting, planner: User, index: int, called: str, group: SeatGroup | None) -> None:
    """Every third by phone; the others by the form, confirmed; one has not confirmed yet."""
    person = Person(
        name=called, contacts=(("email", f"mieszkaniec{index}@demo.ratusz.example"),), persons=1 + index % 3, group=group,
        needs=("loop",) if index == 4 else (), question=QUESTIONS[index] if index < len(QUESTIONS) else "",
    )  # fmt: skip
    if index % 3 == 1:
        actions.register(meeting=meeting, person=person, through="phone", by=planner)
        return
    made = actions.register(meeting=meeting, person=person)
    if index != UNCONFIRMED:
        actions.confirm_registration(registration=made)


def _plan(planner: User, kind: str, title: str, starts: datetime, minutes: int, officials: tuple = (), **facts: Any) -> Meeting:
    meeting = actions.plan_meeting(
        kind=kind, starts_at=starts, ends_at=starts + timedelta(minutes=minutes), person=planner, officials=officials,
        facts={"title": title, "contact": "Wydział Komunikacji Społecznej, tel. 32 000 00 00", **facts},
        form_key=uuid.uuid5(NAMESPACE, title), despite="układ demo",
    )  # fmt: skip
    return actions.announce(meeting=meeting, person=planner)


def _hall() -> Place:
    return _place("Sala konferencyjna Urzędu (próbna)", "ul. Przykładowa 100", capacity=60, has_loop=True)


def _press_conference(planner: User, president: Official) -> None:
    meeting = _plan(
        planner, "press_conference", "Konferencja prasowa: plan nasadzeń na wiosnę", working_day(6, 11), 45, (president,),
        place=_hall(),
        who_may_come="Redakcje z akredytacją, najwyżej dwie osoby z jednej.", capacity=40,
    )  # fmt: skip
    for index, newsroom in enumerate(("Radio Próbne", "Radio Próbne", "Gazeta Wymyślona", "Portal Przykład")):
        person = Person(f"Redakcja {index + 1}", (("email", f"redakcja{index}@demo.ratusz.example"),), newsroom=newsroom)
        made = actions.confirm_registration(registration=actions.register(meeting=meeting, person=person))
        if index < 2:
            actions.judge_registration(registration=made, accepts=True, by=planner)


def _reception(planner: User) -> None:
    """Half an hour for one person each, on one afternoon."""
    place = _place("Gabinet Prezydenta (próbny)", "ul. Przykładowa 100, pokój 1", capacity=4)
    for number in range(3):
        starts = working_day(5, 15, 30) + timedelta(minutes=30 * number)
        title = f"Przyjęcie interesantów, godz. {starts:%H.%M}"
        _plan(planner, "reception", title, starts, 30, place=place, who_may_come="Jedna osoba albo rodzina, po zapisie.")


def _group(planner: User) -> None:
    meeting = _plan(
        planner, "group", "Spotkanie z organizacjami seniorów", working_day(12, 10), 90, place=_hall(), capacity=20,
        who_may_come="Zaproszone organizacje.", group_name="organizacje seniorów",
    )  # fmt: skip
    guests = [
        Guest(f"Przewodnicząca {number}", f"senior{number}@demo.ratusz.example", f"Klub Seniora nr {number}")
        for number in (1, 2, 3)
    ]
    actions.invite(meeting=meeting, guests=guests, person=planner)
    actions.send_invitations(meeting=meeting, person=planner)
    first = meeting.invitations.order_by("pk").first()
    person = Person(first.name, (("email", first.address.value),))
    actions.accept_invitation(invitation=first, person=person)


def _moderators(planner: User) -> None:
    template = {
        "contact": "Wydział Komunikacji Społecznej",
        "who_may_come": "Moderatorzy",
        "place_id": _place("Sala narad Urzędu (próbna)", "ul. Przykładowa 100").pk,
        "minutes": 90,
    }
    series = actions.plan_series(title=MODERATORS, kind="moderators", template=template, meetings=[], person=planner)
    today = local_day(database_now())
    december = [date(year, 12, day) for year in (today.year, today.year + 1) for day in range(8, 15)]
    actions.set_recurrence(
        series=series, recurrence="FREQ=MONTHLY;BYDAY=2TU", starts_on=today, hour=time(9), skipped_days=december, person=planner
    )
