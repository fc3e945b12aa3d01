"""Consultation points of the demo city: hours with a longer last day, a mobile point, booked conversations, a log to search."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ratusz.casework.advice import actions, queries
from ratusz.casework.advice.actions import Guest, Said
from ratusz.casework.advice.models import Conversation, Point
from ratusz.casework.advice.openings import moment_of
from ratusz.demo import projects
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District

SLUG = "rynek-13"
WEEK = [(day, time(7, 30), time(17) if day == 4 else time(15, 30)) for day in range(1, 6)]
LOG = [
    # days ago, way, topic, district, question, advice, follow-up, minutes
    (1, "walk_in", "idea", 9, "Czy do budżetu obywatelskiego można zgłosić zakup książek dla biblioteki?",
     "Tak, biblioteka jest miejska. W formularzu wpisać filię i liczbę książek; zgodę filii dołączyć jako załącznik.", "", 20),
    (2, "phone", "signatures", 6, "Czy podpis pod projektem może złożyć osoba, która nie jest zameldowana w dzielnicy?",
     "Tak. Liczy się, gdzie mieszka, nie zameldowanie. Na arkuszu wpisuje adres, pod którym mieszka.", "", 5),
    (2, "walk_in", "land", 12, "Ławki mają stanąć na terenie spółdzielni. Czy to możliwe?",
     "Tak, za pisemnym oświadczeniem spółdzielni, że udostępni teren i że wejście będzie otwarte dla wszystkich.",
     "Przesłać do punktu wzór oświadczenia spółdzielni", 25),
    (3, "email", "costs", 16, "Ile kosztuje jedno drzewo z posadzeniem? W cenniku jest tylko sadzonka.",
     "Sadzonka i posadzenie to dwie pozycje cennika: trzeba wpisać obie, z trzyletnią pielęgnacją.", "", 10),
    (5, "phone", "application", 22, "Nie zapisał mi się szkic, a mam tylko numer z potwierdzenia. Jak do niego wrócić?",
     "Numer jest dopiero po złożeniu, więc projekt jest złożony. Zmienia go odpowiedź na wezwanie do uzupełnienia.", "", 10),
    (6, "mobile", "voting", 14, "Czy babcia zagłosuje bez komputera?",
     "Tak: w punkcie wspomaganym, z dowodem osobistym. Punkty będą w filiach biblioteki; lista ukaże się wcześniej.", "", 10),
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: nothing is added to a point that is there."""
    if Point.objects.filter(slug=SLUG).exists():
        return
    report("punkty konsultacyjne")
    with acting(system("demo")):
        leader, desk = _person("budget_coordinator"), _person("desk_officer")
        point = _point(leader)
        _booked(point, desk)
        for facts in LOG:
            _logged(point, desk, *facts)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _point(leader: User) -> Point:
    facts = {
        "name": "Punkt konsultacyjny, Rynek 13", "about": "Pomoc przy pomyśle, formularzu, kosztorysie i liście poparcia projektu"
        " budżetu obywatelskiego. Informacje o trwających konsultacjach.", "address": "Rynek 13, Katowice", "room": "pokój 205",
        "access": "Wejście bez progu od strony Rynku, winda. Pętla indukcyjna w pokoju 205. Tłumacz języka migowego po umówieniu.",
        "phone": "32 000 00 00", "desks": 2,
    }  # fmt: skip
    point = actions.save_point(point=Point(slug=SLUG, **facts), person=leader)
    today = local_day(database_now())
    for weekday, opens, closes in WEEK:
        actions.add_hours(point=point, weekday=weekday, opens=opens, closes=closes, valid_from=date(2026, 1, 1), person=leader)
    last = _last_day(today)
    why = "ostatni dzień naboru projektów: dłużej"
    actions.set_special_day(point=point, day=last, opens=time(7, 30), closes=time(19), why=why, person=leader)
    out = _working_day(today + timedelta(days=3))
    actions.plan_outing(
        point=point, place="Miejska Biblioteka Publiczna, filia w Giszowcu", address="pl. Pod Lipami (adres przykładowy)",
        starts_at=moment_of(out, time(16)), ends_at=moment_of(out, time(18)), person=leader,
    )  # fmt: skip
    return point


def _last_day(today: date) -> date:
    """The last day of the submission that the demo shows; two weeks ahead where it is not loaded."""
    edition = projects.edition_of("nabor")
    stage = edition.stages.filter(code="submission").first() if edition else None
    return local_day(stage.ends_at - timedelta(seconds=1)) if stage else today + timedelta(days=14)


def _working_day(day: date) -> date:
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day


def _booked(point: Point, desk: User) -> None:
    """Three of the next free times, not all in a row."""
    told = [
        ("pani Ewa", "Pomysł na ogród przy szkole: od czego zacząć", ""),
        ("pan Jan", "Kosztorys: czego brakuje", "pętla indukcyjna"),
        ("Ola", "Lista poparcia", ""),
    ]  # fmt: skip
    for number, (name, words, needs) in enumerate(told):
        free = queries.free_times_of(queries.working_points().get(pk=point.pk), database_now())
        guest = Guest(name, words, needs, "email", f"umowiona-{number}@{DOMAIN}")
        actions.book_for_somebody(point=point, starts_at=free[number * 3].starts_at, guest=guest, person=desk)


def _logged(
    point: Point, desk: User, ago: int, way: str, topic: str, number: int, question: str, advice: str, follow_up: str, minutes: int
) -> Conversation:
    happened_at = moment_of(local_day(database_now()) - timedelta(days=ago), time(8 + minutes % 7))
    district = District.objects.filter(number=number).first()
    said = Said(way, topic, question, advice, _past(happened_at), follow_up, minutes, district)
    return actions.log_conversation(point=point, said=said, person=desk)


def _past(moment: datetime) -> datetime:
    return min(moment, database_now())
