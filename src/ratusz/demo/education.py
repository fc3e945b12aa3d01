"""Information and education in the demo: a workshop, a lesson, a training, and two meetings that others run. All made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.models import Meeting, Place
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.demo.meetings import working_day
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District

CONTACT = "Wydział Komunikacji Społecznej, tel. 32 000 00 00"
WANTED: tuple[tuple[str, str, int, int, int, dict[str, Any], bool], ...] = (
    ("authors_workshop", "Warsztaty: od pomysłu do kosztorysu", 12, 17, 1,
     {"topics": "Jak opisać miejsce, skąd wziąć ceny, kiedy potrzebna jest zgoda na grunt.",
      "bring": "Szkic projektu, jeśli już jest.",
      "materials": "Cennik, mapa gruntów, 20 kompletów wzorów list poparcia."}, True),
    ("school_lesson", "Lekcja: na co wydać milion złotych", 8, 9, 9,
     {"school": "Szkoła Podstawowa nr 0 (próbna)", "level": "klasa 7", "pupils": 24, "room": "sala 12, rzutnik jest",
      "materials": "Karty do głosowania klasowego, urna z tektury, plakat z kodem QR."}, True),
    ("coordinators_training", "Szkolenie koordynatorów: ocena merytoryczna", 6, 8, 0,
     {"programme": "Podstawa prawna odmowy, dwa kosztorysy, projekty, które się wykluczają, rozmowa z autorem przed odmową.",
      "units": "Wszystkie komórki, które opiniują projekty.", "materials": "Wzór opinii, lista kryteriów."}, True),
    ("run_by_others", "Zebranie Rady Jednostki Pomocniczej: budżet obywatelski", 10, 18, 6,
     {"organiser": "Rada Jednostki Pomocniczej nr 6", "our_part": "Kwadrans o terminach, potem pytania.",
      "materials": "40 ulotek, wzory list poparcia, plakat."}, True),
    ("run_by_others", "Dzień sąsiada w klubie seniora (próbnym)", 20, 11, 12, {"organiser": "Klub seniora (próbny)"}, False),
)  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: known by their titles. The last one waits for who goes there and what they take."""
    report("warsztaty, lekcje, szkolenia")
    planner = User.objects.filter(email=f"editor@{DOMAIN}").first()
    if planner is None:
        return
    with acting(system("demo")):
        for kind, title, ahead, hour, district, answers, is_ready in WANTED:
            if not Meeting.objects.filter(title=title).exists():
                _meeting(planner, kind, title, ahead, hour, district, answers, is_ready)


def _meeting(
    planner: User, kind: str, title: str, ahead: int, hour: int, district: int, answers: dict[str, Any], is_ready: bool
) -> None:
    place = Place.objects.get_or_create(
        name=f"Miejsce próbne: {title[:60]}",
        defaults={"address": f"ul. Przykładowa {ahead}", "is_step_free": True, "has_accessible_toilet": True},
    )[0]
    facts = {
        "title": title, "place": place, "contact": CONTACT, "district": District.objects.filter(number=district).first(),
        "who_may_come": "Każdy, kto chce zgłosić projekt." if kind == "authors_workshop" else "Zaproszeni przez gospodarza.",
    }  # fmt: skip
    starts = working_day(ahead, hour)
    meeting = actions.plan_meeting(kind=kind, starts_at=starts, ends_at=starts + timedelta(hours=2), facts=facts, person=planner)
    actions.save_particulars(meeting=meeting, answers=answers, person=planner)
    if is_ready:
        going = User.objects.get(email=f"budget-coordinator@{DOMAIN}")
        actions.give_duty(meeting=meeting, to=going, task="delegate", person=planner)
        actions.make_checklist(meeting=meeting, person=planner)
        actions.announce(meeting=meeting, person=planner)
