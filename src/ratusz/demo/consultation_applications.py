"""Applications for consultations in each stage, a series of district statutes, the yearly plan of the demo city."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.applications import actions
from ratusz.participation.consultations.models import Application, Series, YearPlan
from ratusz.participation.consultations.series import actions as series
from ratusz.participation.consultations.yearly import actions as yearly

KOSZUTKA = {
    "type": "Polygon",
    "coordinates": [[[19.0145, 50.2675], [19.0265, 50.2668], [19.0290, 50.2745], [19.0180, 50.2760], [19.0145, 50.2675]]],
}
ZONE = "Którędy mają jeździć rowery i czy zostawić miejsca postojowe po obu stronach ulicy."
CONTACTS = ("Jan Próbny", "Anna Przykładowa", "Ewa Zmyślona", "Piotr Wymyślony", "Maria Próbna")
TEXTS: list[tuple[str, str, str, list[str], dict[str, Any]]] = [
    (
        "Ruch rowerowy na Sokolskiej",
        ZONE,
        "W ciągu roku zgłosiliśmy dwanaście stłuczek, a projekt przebudowy nie był z nami omawiany.",
        ["open_meeting", "survey"],
        {"kind": "drawn", "name": "Koszutka wzdłuż Sokolskiej", "shape": KOSZUTKA},
    ),
    (
        "Godziny otwarcia basenu w Brynowie",
        "W jakich godzinach basen ma być dla szkół, a w jakich dla wszystkich.",
        "Po zmianie grafiku dorośli mają tylko godziny poranne.",
        ["survey"],
        {"kind": "district", "number": 5},
    ),
    (
        "Zieleń przy placu Wolności",
        "Które drzewa posadzić i gdzie zostawić cień na przystankach.",
        "Plac nagrzewa się latem do 50 stopni, a nasadzenia z 2024 roku uschły.",
        ["workshop", "study_walk"],
        {"kind": "district", "number": 1},
    ),
    (
        "Zakaz psów na bulwarach Rawy",
        "Czy na bulwarach ma być część bez psów.",
        "Rodzice i właściciele psów od lat się o to spierają.",
        ["debate"],
        {"kind": "city"},
    ),
    (
        "Hałas lotniska Muchowiec w weekendy",
        "W jakich godzinach mogą odbywać się loty szkolne.",
        "W sezonie jest po czterdzieści startów dziennie.",
        ["open_meeting", "pks"],
        {"kind": "district", "number": 4},
    ),
]
SUBJECTS = [
    ("Nowa siatka autobusów nocnych", 3, 5, ["survey", "open_meeting"], "pasażerowie z całego miasta"),
    (
        "Plan zagospodarowania okolic stawów w Szopienicach",
        9,
        11,
        ["remarks", "open_meeting", "study_walk"],
        "mieszkańcy Szopienic-Burowca",
    ),
    ("Program współpracy z organizacjami pozarządowymi", 8, 10, ["opinion_form"], "organizacje pozarządowe"),
    ("Zasady korzystania z hali targowej", 6, 6, ["survey"], "kupcy i klienci"),
]


def load(report: Report) -> None:
    """Repeatable: nothing is added where applications are."""
    if Application.objects.exists():
        return
    report("wnioski o konsultacje, plan roczny, seria")
    with acting(system("demo")):
        head = _person("head")
        _applications(head)
        _plan(head)
        _series(head)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _applications(head: User) -> None:
    made = [_draft(number, *text) for number, text in enumerate(TEXTS)]
    collecting, complete, accepted, refused, called = made
    actions.open_collection(application=collecting)
    for each in (complete, accepted, refused, called):
        Application.objects.filter(pk=each.pk).update(initiator="district_council", organisation="Rada Dzielnicy (przykład)")
        actions.submit_application(application=each)
    actions.call_to_complete(
        application=called, person=head, words="Brakuje uchwały rady dzielnicy, na którą powołuje się wniosek. Prosimy o jej kopię."
    )
    for each in (complete, accepted, refused):
        actions.find_complete(application=each, person=head)
    actions.accept_application(
        application=accepted,
        person=head,
        unit=Unit.objects.the_department(),
        words="Prezydent przyjmuje wniosek. Konsultacje zaczną się wiosną, przed wyborem wykonawcy nasadzeń.",
    )
    words = (
        "Zasady wprowadzania psów określa regulamin z poprzedniego roku, który był już konsultowany."
        " Ponowne pytanie teraz nic nie zmieni."
    )
    actions.refuse_application(application=refused, person=head, words=words)
    actions.file_appeal(
        application=refused, words="Regulamin konsultowano przed otwarciem bulwarów; dziś korzysta z nich kto inny."
    )
    session = local_day(database_now()) + timedelta(days=18)
    actions.note_session(application=refused, day=session, person=head)


def _draft(number: int, title: str, subject: str, reasons: str, forms: list[str], area: dict[str, Any]) -> Application:
    facts = {
        "initiator": "residents",
        "title": title,
        "subject": subject,
        "reasons": reasons,
        "forms": forms,
        "contact_name": CONTACTS[number],
    }
    return actions.save_draft(
        facts=facts, areas=[_area(**area)], email=f"wnioskodawca{number}@example.pl", form_key=uuid.uuid5(uuid.NAMESPACE_URL, title)
    )


def _area(kind: str, name: str = "Całe miasto", number: int = 0, shape: Any = None) -> dict[str, Any]:
    district = District.objects.filter(number=number).first() if number else None
    return {"kind": kind, "name": district.name if district else name, "district": district, "shape": shape}


def _plan(head: User) -> None:
    unit, year = Unit.objects.the_department(), local_day(database_now()).year + 1
    made = [
        yearly.propose_subject(
            year=year,
            person=head,
            facts={
                "title": title,
                "why": "",
                "unit": unit,
                "first_month": first,
                "last_month": last,
                "scope_words": whom,
                "forms": forms,
            },
        )
        for title, first, last, forms, whom in SUBJECTS
    ]
    for each in made[:3]:
        yearly.approve_subject(subject=each, person=head)
    yearly.publish_plan(plan=YearPlan.objects.get(year=year), person=head)
    yearly.begin_from_plan(subject=made[0], person=head)
    yearly.drop_subject(
        subject=made[2], reason="Program na kolejny rok konsultuje osobno pełnomocnik, w swoim trybie.", person=head
    )


def _series(head: User) -> None:
    if Series.objects.exists():
        return
    template = {
        "title": "Statut dzielnicy {dzielnica}",
        "subject": "Projekt nowego statutu Rady Dzielnicy nr {numer} {dzielnica}.",
        "purpose": "Statuty mają po równo opisywać zadania rad i dyżury radnych.",
        "decided_by": "Rada Miasta Katowice",
        "open_questions": "Liczba radnych i dyżury. Granice dzielnic się nie zmieniają.",
        "target_group": "mieszkańcy dzielnicy {dzielnica}",
    }
    facts = {"title": "Statuty dzielnic (przykład)", "template": template, "forms": ["remarks"], "modes": ["district_statutes"]}
    made = series.begin_series(facts=facts | {"owner_unit": Unit.objects.the_department()}, person=head)
    series.make_instances(series=made, districts=District.objects.by_name(), person=head)
