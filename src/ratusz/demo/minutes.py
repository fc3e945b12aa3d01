"""Minutes in the demo city: published ones of two districts (one corrected afterwards), and one that reviewers read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting, make_meeting_request, make_place, make_voice
from ratusz.casework.meetings.links import token_of
from ratusz.casework.meetings.models import Meeting, Minutes
from ratusz.casework.meetings.models.meetings import State
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit

OFFICIALS = "Ewa Przykładowa, Prezydent Miasta\nMarek Wzorcowy, naczelnik wydziału drogowego"
LIGOTA = [
    # who, question, answer, answered by
    ("mieszkanka, Ligota", "Kiedy będzie bezpieczne przejście przy szkole? Dzieci przebiegają między autami.",
     "Projekt jest gotowy, prace ruszą po zimie.", "naczelnik wydziału drogowego"),
    ("mieszkaniec, Panewniki", "Autobus nocny kończy dwa przystanki przed osiedlem. Czy można to wydłużyć?",
     "Sprawdzimy koszt z przewoźnikiem i odpowiemy pisemnie.", "Prezydent Miasta"),
    ("przedstawicielka rady dzielnicy", "W parku znów nie świecą latarnie.", "Zarządca wymieni oprawy w maju.", "naczelnik"),
]  # fmt: skip
SZOPIENICE = [
    ("mieszkaniec, Szopienice", "Co dalej ze stawem? Od dwóch lat nie wolno się kąpać.",
     "Badania są co miesiąc; wyniki pokażemy na stronie dzielnicy.",
     "Prezydent Miasta"),
    ("seniorka, Burowiec", "Na skwerze nie ma ani jednej ławki z oparciem.", "Ustawimy cztery jeszcze przed latem.", "naczelnik"),
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("protokoły")
    with acting(system("demo")):
        if Minutes.objects.exists():
            return
        head, editor = _person("head"), _person("editor")
        ligota = _written(_meeting("Ligota-Panewniki", 34), LIGOTA, editor)
        _decide(ligota, editor, "Przejście przy szkole dostanie sygnalizację i wyniesioną nawierzchnię.")
        _publish(ligota, head)
        _correct(ligota, editor, head)
        szopienice = _written(_meeting("Szopienice-Burowiec", 20), SZOPIENICE, editor)
        _decide(szopienice, editor, "Na skwerze staną cztery ławki z oparciem.")
        _publish(szopienice, head)
        _reviewed(_written(_meeting("Załęże", 6), LIGOTA[:2], editor), editor)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")


def _meeting(district: str, days_ago: int) -> Meeting:
    """A meeting of the President with residents of a district, on an evening some days ago."""
    found = District.objects.filter(name__startswith=district[:6]).first()
    day = timezone.localtime().replace(hour=17, minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    place = make_place(f"Miejski Dom Kultury „{district}” (przykładowy)", address="ul. Przykładowa 1", district=found)
    return make_meeting(
        starts_at=day, title=f"Spotkanie Prezydenta z mieszkańcami: {district}", district=found, place=place, state=State.HELD,
        held_at=day + timedelta(hours=2), owner_unit=Unit.objects.the_department(),
    )  # fmt: skip


def _written(meeting: Meeting, voices: list[tuple[str, str, str, str]], person: Any) -> Minutes:
    at = meeting.ends_at
    for who, question, answer, by in voices:
        facts = {"who": who, "answer": answer, "answered_by": by, "outcome": "answered", "triaged_at": at, "written_at": at}
        make_voice(meeting, question, **facts)
    make_meeting_request(
        meeting, "Więcej koszy przy szkole", text="Proszę o kosze.", outcome="application", triaged_at=at, filed_at=at,
    )  # fmt: skip
    minutes = actions.begin_minutes(meeting=meeting, person=person)
    _fill(minutes, person, "heading", host="rzeczniczka Urzędu", minute_taker="redaktor wydziału", really_ended="19:10")
    _fill(minutes, person, "presence", officials=OFFICIALS, organisations="Rada dzielnicy", people="Lista u organizatora.")
    _fill(minutes, person, "next_meeting", text="Za pół roku, w tym samym miejscu. Termin ogłosimy na stronie.")
    _add(minutes, person, "presentation", speaker="Marek Wzorcowy", summary="Plan prac drogowych w dzielnicy na dwa lata.")
    _add(minutes, person, "poll", question="Czy spotykać się o 17:00?", votes_for="41", votes_against="6", abstained="3")
    _add(minutes, person, "notes", text="Mikrofon przerywał; zgłosić gospodarzowi sali.")
    return minutes


def _fill(minutes: Minutes, person: Any, kind: str, **fields: str) -> None:
    block = minutes.blocks.get(kind=kind)
    change = actions.Change(block.key, block.revision, {**block.fields, **fields})
    actions.save_minutes(minutes=minutes, changes=[change], person=person)


def _add(minutes: Minutes, person: Any, kind: str, **fields: Any) -> None:
    actions.add_block(minutes=minutes, kind=kind, person=person, fields=fields)


def _decide(minutes: Minutes, person: Any, words: str) -> None:
    unit = Unit.objects.exclude(is_department=True).order_by("pk").first() or Unit.objects.the_department()
    due = (timezone.localdate() + timedelta(days=200)).isoformat()
    _add(minutes, person, "decision", text=words, public_text=words, unit=unit.pk if unit else "", due_on=due)


def _publish(minutes: Minutes, person: Any) -> None:
    actions.approve_minutes(minutes=minutes, person=person)
    actions.publish_minutes(minutes=minutes, person=person)


def _correct(minutes: Minutes, editor: Any, head: Any) -> None:
    """A change after publication is a second version that says what changed."""
    actions.reopen_minutes(minutes=minutes, what_changes="Poprawiono liczbę głosów w sondażu: za było 42 osoby.", person=editor)
    _fill(minutes, editor, "poll", votes_for="42")
    _publish(minutes, head)


def _reviewed(minutes: Minutes, person: Any) -> None:
    link = actions.invite_reviewer(
        minutes=minutes, name="Rada dzielnicy (przykładowa)", email="rada@example.pl", person=person, silence_agrees=True
    )
    place = f"block:{minutes.blocks.get(kind='next_meeting').key}:text"
    proposed = "Za pół roku, w szkole podstawowej. Termin ogłosimy na stronie i plakatach."
    actions.suggest_words(token=token_of(link), place=place, proposed=proposed, remark="W domu kultury będzie remont.")
    actions.suggest_words(token=token_of(link), remark="Brakuje głosu o latarniach na końcu ulicy.")
