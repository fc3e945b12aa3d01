"""Days of meetings in the demo city: the President was in two districts, and goes to the first of them again soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.factories import make_meeting, make_place, make_registration
from ratusz.casework.meetings.models import Meeting, Question, Series
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.demo.meetings import give_tasks
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit

SERIES = "Prezydent w dzielnicach"
HELD = [
    # district slug begins with, title, days ago, place
    ("ligota", "Spotkanie Prezydenta z mieszkańcami Ligoty i Panewnik", 13, "Sala próbna w Ligocie"),
    ("murcki", "Spotkanie Prezydenta z mieszkańcami Murcek", 6, "Sala próbna w Murckach"),
]
VOICES = {
    # who, words, answer, outcome, unit
    "ligota": [
        ("mieszkanka, Ligota", "Chodnik przy szkole jest tak dziurawy, że wózek się przewraca.", "", "follow_up", "MZUIM"),
        (
            "mieszkaniec, Panewniki",
            "Kiedy w parku staną nowe ławki?",
            "Zamówiliśmy dwanaście, staną do końca maja.",
            "answered",
            "",
        ),
        ("mieszkanka, Panewniki", "Autobus nie czeka na pociąg, dzieci stoją na mrozie.", "", "follow_up", "BD"),
        ("mieszkaniec, Ligota", "Dziękuję za plac zabaw, dzieci są tam codziennie.", "", "none", ""),
        ("przedstawicielka rady dzielnicy", "Prosimy o projekt psiego wybiegu w budżecie obywatelskim.", "", "idea", ""),
        (
            "mieszkanka, Ligota",
            "W bibliotece nie ma podjazdu.",
            "Podjazd jest w planie na ten rok, podamy dzień.",
            "follow_up",
            "MBP",
        ),
        ("mieszkaniec, Panewniki", "Ile kosztowało oświetlenie ulicy?", "", "information", ""),
        (
            "mieszkaniec, Ligota",
            "Czy szkoła dostanie salę gimnastyczną?",
            "W tej kadencji nie: nie ma na nią miejsca.",
            "answered",
            "",
        ),
        ("mieszkanka, Panewniki", "Na rondzie nie widać pieszych po zmroku.", "", "follow_up", "MZUIM"),
        ("mieszkanka, Ligota", "Kiedy będą wyniki konsultacji parkowania?", "W ciągu dwóch tygodni na stronie.", "answered", ""),
        ("mieszkaniec, Ligota", "W domu kultury brakuje zajęć dla seniorów.", "Od jesieni będą dwie nowe grupy.", "answered", ""),
        ("mieszkanka, Ligota", "Proszę sprawdzić drzewo, które pochyla się nad przystankiem.", "", "follow_up", "ZZM"),
        ("mieszkaniec, Panewniki", "Dlaczego kosz przy lesie zniknął?", "Wróci w tym miesiącu, był uszkodzony.", "answered", ""),
        ("mieszkanka, Panewniki", "Dziękuję, że spotkanie jest z tłumaczem języka migowego.", "", "none", ""),
    ],
    "murcki": [
        ("mieszkanka, Murcki", "Autobus do centrum jeździ w niedzielę co dwie godziny.", "", "follow_up", "BD"),
        ("mieszkaniec, Murcki", "Czy wieża ciśnień będzie otwarta?", "Tak, w pierwsze soboty miesiąca.", "answered", ""),
        ("mieszkanka, Murcki", "Ścieżka do lasu jest zalana po każdym deszczu.", "", "follow_up", "MZUIM"),
        (
            "mieszkaniec, Murcki",
            "Kiedy przychodnia będzie przyjmować dłużej?",
            "Przychodnia jest prywatna, zapytamy.",
            "answered",
            "",
        ),
        ("mieszkaniec, Murcki", "Proszę o ławki przy kościele.", "", "follow_up", "ZZM"),
        ("przedstawiciel rady dzielnicy", "Chcemy zgłosić siłownię na powietrzu do budżetu.", "", "idea", ""),
        ("mieszkanka, Murcki", "Kto odśnieża schody przy dworcu?", "Zarządca dworca, mamy z nim umowę.", "answered", ""),
        ("mieszkaniec, Murcki", "Dziękuję za szybki remont świetlicy.", "", "none", ""),
        ("mieszkanka, Murcki", "Ile drzew posadzono w tym roku?", "", "information", ""),
        ("mieszkaniec, Murcki", "Lampy przy boisku świecą całą noc.", "", "follow_up", "MZUIM"),
        ("mieszkanka, Murcki", "Czy biblioteka będzie czynna w sobotę?", "Od stycznia tak, do godziny 14.", "answered", ""),
        ("mieszkaniec, Murcki", "Samochody stoją na chodniku przed szkołą.", "", "follow_up", "MZUIM"),
        ("mieszkanka, Murcki", "Proszę o próg przy przejściu dla pieszych.", "", "follow_up", "MZUIM"),
        ("mieszkaniec, Murcki", "Kiedy następne spotkanie?", "Za pół roku, termin podamy miesiąc wcześniej.", "answered", ""),
    ],
}
QUESTIONS = [
    ("Czy linia autobusowa wróci na starą trasę?", "Autobusy"),
    ("Dlaczego autobus nie czeka na pociąg?", "Autobusy"),
    ("Co dalej z parkiem?", "Park"),
    ("Czy będą nowe miejsca parkingowe przy przychodni?", ""),
]
REQUESTS = [
    ("Latarnie na ścieżce do szkoły", "Proszę o trzy latarnie na ścieżce między szkołą a przystankiem.", "application"),
    ("Ławka przy przystanku", "Proszę o ławkę, bo starsze osoby nie mają gdzie usiąść.", "follow_up"),
    ("Hałas z boiska po godzinie 22", "Proszę o sprawdzenie, kto zamyka boisko.", ""),
]


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("dni spotkań")
    with acting(system("demo")):
        if Meeting.objects.filter(title=HELD[0][1]).exists():
            return
        series = Series.objects.get_or_create(title=SERIES, defaults={"kind": "residents"})[0]
        held = [_held(series, *each) for each in HELD]
        _coming(series, held[0])
        actions.start_captions()


def _person(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")


def _unit(symbol: str) -> Unit | None:
    return Unit.objects.filter(short_name=symbol).first() if symbol else None


def _evening(days: int) -> datetime:
    """17:00 of a day so many days from now."""
    return localtime(database_now() + timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)


def _meeting(series: Series, slug: str, title: str, days: int, place: str, **facts: Any) -> Meeting:
    district = District.objects.filter(slug__startswith=slug).first()
    room = make_place(place, address="ul. Zmyślona 1", capacity=120, has_loop=True, has_accessible_toilet=True, district=district)
    return make_meeting(
        series=series, starts_at=_evening(days), title=title, district=district, place=room, capacity=100, is_recorded=True,
        needs_interpreter=True, summary="Rozmowa o sprawach dzielnicy. Zacznie się od tego, co obiecaliśmy.", **facts,
    )  # fmt: skip


def _held(series: Series, slug: str, title: str, days: int, place: str) -> Meeting:
    meeting = _meeting(series, slug, title, -days, place)
    editor = _person("editor")
    for words in ("Co obiecaliśmy", "Komunikacja i chodniki", "Park i zieleń", "Wolne głosy"):
        actions.add_point(meeting=meeting, title=words, planned_minutes=25, person=editor)
    actions.publish_agenda(meeting=meeting, person=editor)
    _came(meeting, editor)
    points = list(meeting.agenda.order_by("order"))
    for point, step in zip(points, ("end", "end", "carry_over", "end"), strict=True):
        actions.run_point(item=point, step=step, person=editor)
    for number, (who, words, answer, outcome, unit) in enumerate(VOICES[slug]):
        voice = actions.write_voice(
            meeting=meeting, who=who, question=words, answer=answer, answered_by="Prezydent Miasta" if answer else "",
            agenda_item=points[number % 4], person=editor,
        )  # fmt: skip
        # Of the newer meeting some voices still wait for their outcome.
        if days > 10 or number < 11:
            reason = "podziękowanie" if outcome == "none" else ""
            actions.give_outcome(thing=voice, outcome=outcome, reason=reason, unit=_unit(unit), person=editor)
    _requests(meeting, editor)
    Meeting.objects.filter(pk=meeting.pk).update(state="held", held_at=meeting.ends_at)
    return meeting


def _came(meeting: Meeting, editor: User) -> None:
    for number in range(1, 41):
        person = make_registration(meeting, name=f"Osoba Zmyślona {number}", persons=1 + number % 3 // 2)
        if number % 5:
            moment = meeting.starts_at + timedelta(minutes=number % 20 - 15)
            door = "A" if number % 2 else "B"
            actions.check_in(meeting=meeting, code=person.door_code, door=door, moment=moment, person=editor)
    for who in ("mieszkanka, Ligota", "mieszkaniec, Panewniki"):
        speaker = actions.sign_up_speaker(meeting=meeting, who=who, person=editor)
        actions.run_speaker(speaker=speaker, step="start", person=editor)
        actions.run_speaker(speaker=speaker, step="stop", person=editor)


def _requests(meeting: Meeting, editor: User) -> None:
    for number, (subject, text, outcome) in enumerate(REQUESTS):
        filed = actions.file_request(meeting=meeting, subject=subject, text=text, person=editor)
        if outcome:
            unit = _unit("ZZM") if outcome == "follow_up" else None
            actions.give_outcome(thing=filed, outcome=outcome, unit=unit, person=editor)
        if outcome == "application":
            actions.note_foreign_number(
                thing=filed, number=f"KS.1511.{10 + number}.{localtime(filed.filed_at).year}", person=editor
            )


def _coming(series: Series, before: Meeting) -> None:
    """The next one: agenda from what was left, questions sent ahead, a unit asked, a list of things to do."""
    facts = {"district": before.district, "place": before.place}
    meeting = make_meeting(
        series=series, starts_at=_evening(9), title="Ligota i Panewniki: co zrobiliśmy od ostatniego spotkania", capacity=100,
        is_recorded=True, **facts,
    )  # fmt: skip
    editor = _person("editor")
    actions.compose_agenda(meeting=meeting, person=editor)
    actions.add_point(meeting=meeting, title="Wolne głosy", planned_minutes=40, person=editor)
    actions.publish_agenda(meeting=meeting, person=editor)
    actions.give_duty(meeting=meeting, to=editor, task="organiser", person=editor)
    give_tasks(meeting, editor)
    for number, (words, _subject) in enumerate(QUESTIONS, start=1):
        make_registration(meeting, name=f"Osoba Zmyślona {number}", question=words)
    actions.gather_questions()
    for words, subject in QUESTIONS:
        question = Question.objects.get(meeting=meeting, text=words)
        state = Question.State.SHOWN if subject else Question.State.NEW
        actions.settle_question(question=question, state=state, group_words=subject, person=editor)
    unit = _unit("MZUIM")
    assert unit is not None
    asked = "Kiedy zacznie się remont chodnika przy szkole i jak będą chodzić dzieci?"
    actions.ask_unit(meeting=meeting, unit=unit, question=asked, due_at=meeting.starts_at - timedelta(days=2), person=editor)
    note = "Proszę zacząć od tego, co zrobione. Chodnik przy szkole wróci na pewno."
    actions.save_preparation(
        meeting=meeting, note=note, equipment="dwa mikrofony\nekran i rzutnik\npętla indukcyjna", person=editor
    )
