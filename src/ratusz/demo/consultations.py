"""Consultations of the demo city: one under way, one being planned, one whose late report turns red by itself. All are invented."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.drawn import drawn
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations import actions
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.modes.pack import rules_for

RUNNING, PLANNED, LATE = (
    "Zielona ulica Zmyślona (przykład zmyślony)", "Statut Dzielnicy Przykładowej (przykład zmyślony)",
    "Skwer w Zmyślonej Dolinie (przykład zmyślony)",
)  # fmt: skip
SHORT = "Ulica ma być wygodna dla pieszych i chłodna latem. Pytamy, gdzie posadzić drzewa i postawić ławki. Napisz albo przyjdź."

CAMPAIGN = {
    "goal": "O konsultacjach wie każdy dom przy ulicy Zmyślonej, zanim się zaczną.", "channels": ["website", "bip", "customary"],
    "measure": "domy z ulotką w skrzynce", "baseline": "0", "target": "420", "source": "lista adresów z zasięgu (liczby zmyślone)",
    "partners": "Rada Jednostki Pomocniczej (próbna), filia biblioteki (próbna)", "cost": "1200 zł, budżet wydziału (zmyślone)",
}  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: consultations that are there stay as they are."""
    if Consultation.objects.filter(title=LATE).exists():
        return
    report("konsultacje")
    with acting(system("demo")):
        person = User.objects.get(email=f"head@{DOMAIN}")
        today = local_day(database_now())
        _running(person, today)
        _planned(person, today)
        _late(person, today)
        actions.start_report_clocks()


def _facts(person: User, title: str, **facts: Any) -> dict[str, Any]:
    return {
        "title": title, "label": "formal", "modes": ["art5a"], "owner_unit": Unit.objects.get(short_name="ZZM"),
        "owner_person": person, "decided_by": "Prezydent Miasta", "contact": "Zakład Zieleni, pokój próbny 7", **facts,
    }  # fmt: skip


def _district(number: int) -> list[District]:
    return list(District.objects.filter(number=number))


def _running(person: User, today: date) -> None:
    """Launched today with every notice proven, then shown as it stands a week later."""
    first = working_day_from(today)
    made = actions.begin_consultation(
        person=person, areas=_district(2),
        facts=_facts(
            person, RUNNING, summary=SHORT, subject="Przebudowa zmyślonej ulicy: drzewa, ławki, przejścia i miejsca do parkowania.",
            purpose="Latem ulica jest za gorąca, a chodniki są za wąskie dla wózków.",
            open_questions="Miejsca drzew i ławek, szerokość chodnika. Szerokość jezdni ustala projekt drogi i się nie zmieni.",
            alternative="Posadzić drzewa po jednej stronie i zostawić miejsca do parkowania po drugiej.",
            what_next="Raport w 30 dni. Prezydent zdecyduje do końca kwartału, prace zaczną się wiosną.",
            target_group="mieszkańcy i przedsiębiorcy z okolicy", starts_on=first, ends_on=first + timedelta(days=27),
            order_number="0/0001 (zmyślone)", ordered_on=today - timedelta(days=21),
        ),
    )  # fmt: skip
    actions.save_campaign(consultation=made, facts=CAMPAIGN, person=person)
    actions.add_form(consultation=made, kind="remarks", facts={"title": "Uwagi na piśmie i przez internet"}, person=person)
    begins = _moment(first + timedelta(days=10), 17)
    meeting = {"starts_at": begins, "ends_at": begins + timedelta(hours=2), "place": "Szkoła Próbna, ul. Zmyślona 1"}
    access = {"accessibility": "wejście bez schodów, pętla indukcyjna"}
    form = actions.add_form(
        consultation=made, kind="open_meeting", facts={"title": "Spotkanie z projektantem", **meeting, **access}, person=person
    )
    actions.prepare_form(form=form, person=person)
    for channel, place in (("bip", "BIP, zarządzenia"), ("customary", "gablota Rady Jednostki Pomocniczej")):
        photo = io.BytesIO(drawn("street", len(channel)))
        photo.name = "ogloszenie.jpg"
        actions.add_notice(
            consultation=made, channel=channel, published_on=today - timedelta(days=15), evidence=photo, place=place, person=person
        )
    actions.ask_opinion(
        consultation=made, body_kind="district_council", body="Rada Jednostki Pomocniczej (próbna)", days=14, person=person
    )
    actions.launch_consultation(consultation=made, person=person)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=get_default_timezone())


def _planned(person: User, today: date) -> None:
    """A plan with gaps: the screen of staff says what is missing and whose move it is."""
    first = working_day_from(today + timedelta(days=30))
    made = actions.begin_consultation(
        person=person, areas=_district(3),
        facts=_facts(
            person, PLANNED, modes=["district_statutes"], purpose="Rada chce zmienić statut dzielnicy.",
            open_questions="Liczba radnych i sposób wyborów.", starts_on=first, ends_on=first + timedelta(days=9),
        ),
    )  # fmt: skip
    actions.add_form(consultation=made, kind="remarks", facts={"title": "Formularz w internecie i na papierze"}, person=person)


def _late(person: User, today: date) -> None:
    """It ended 35 days ago and nobody wrote its report: from day 31 on its page is red without anybody's doing."""
    ended = today - timedelta(days=35)
    rules = rules_for(["art5a"], ended - timedelta(days=20))
    made = actions.begin_consultation(
        person=person, areas=_district(4),
        facts=_facts(
            person, LATE, summary="Pytaliśmy, jak urządzić skwer. Konsultacje się skończyły, a raportu jeszcze nie ma.",
            subject="Skwer w miejscu, którego nie ma: przykład spóźnionego raportu.",
            purpose="Pokazać, co widać, gdy urząd się spóźni.",
            open_questions="Drzewa, ławki i światło.", alternative="Zostawić trawnik.", what_next="Raport, potem projekt.",
            target_group="wszyscy", starts_on=ended - timedelta(days=20), ends_on=ended, order_number="0/0002 (zmyślone)",
            ordered_on=ended - timedelta(days=40),
        ),
    )  # fmt: skip
    actions.add_form(consultation=made, kind="remarks", facts={"title": "Uwagi na piśmie"}, person=person)
    # No deed makes a consultation of the past: the demo alone has one that ended before it was there.
    announced = _moment(ended - timedelta(days=35), 12)
    Consultation.objects.filter(pk=made.pk).update(announced_at=announced, rules=rules.content)
