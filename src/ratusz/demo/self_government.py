"""Public hearings, a debate and a committee's notice of the demo city. People and drafts are made up and say so."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from ratusz.casework.advice import actions as advice
from ratusz.casework.advice.models import Point
from ratusz.casework.documents.actions import take_number
from ratusz.casework.meetings import actions as meetings
from ratusz.casework.meetings.actions import Person
from ratusz.casework.meetings.factories import make_meeting, make_place
from ratusz.casework.meetings.models import Meeting
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import working_day_from
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.participation.initiatives.actions import save_council
from ratusz.participation.initiatives.debates import actions as debates
from ratusz.participation.initiatives.debates.rules import closes_at
from ratusz.participation.initiatives.hearings import actions as hearings
from ratusz.participation.initiatives.models import Debate, DebateEntry, Hearing, HearingOpinion
from ratusz.participation.initiatives.notices import actions as notices

COMING, PAST = "Uchwała w sprawie regulaminu parków miejskich (przykład)", "Uchwała w sprawie nocnej ciszy w parkach (przykład)"
DRAFTS = {
    COMING: "§ 1. W parkach miejskich pies może biegać bez smyczy na wyznaczonych polanach.\n\n"
    "§ 2. Ognisko rozpala się tylko w miejscu do tego przygotowanym.\n\n§ 3. Uchwała wchodzi w życie po 14 dniach od ogłoszenia.",
    PAST: "§ 1. Od 22.00 do 6.00 w parkach nie używa się urządzeń nagłaśniających.\n\n"
    "§ 2. Uchwała wchodzi w życie po 14 dniach od ogłoszenia.",
}
COUNCIL_POINT = "rada-dzielnicy-12"
SPEAKERS = ("Anna Przykładowa", "Jan Próbny", "Ewa Zmyślona", "Piotr Wymyślony", "Maria Próbna", "Tomasz Przykładowy")
OPINIONS = (
    ("Polany dla psów powinny być ogrodzone. Dziś dzieci boją się wchodzić na trawę.", "", "partly",
     "Ogrodzimy polany przy placach zabaw. Pozostałych nie, bo przecinają je ścieżki dla pieszych."),
    ("Prosimy o miejsce na ognisko także na południu miasta. Teraz jest tylko na północy.", "Drużyna Próbna (przykład)", "taken",
     "Dopiszemy miejsce na południu miasta, przy istniejącej wiacie."),
    ("Uchwała jest potrzebna, ale niech ktoś pilnuje, żeby ją stosować.", "", "noted",
     "Patrole ustala Straż Miejska. Przekazaliśmy jej tę opinię, projektu to nie zmienia."),
)  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: nothing is added where hearings are."""
    if Hearing.objects.exists():
        return
    report("wysłuchania i debata o stanie gminy")
    with acting(system("demo")):
        head = User.objects.get(email=f"head@{DOMAIN}")
        _coming(head)
        _past(head)
        _debate(head)
        _notice()
        _council(head)


def _afternoon(day: date) -> datetime:
    return datetime.combine(working_day_from(day), time(16, 30), tzinfo=WARSAW)


def _coming(head: User) -> None:
    """Announced: people ask to speak, three opinions came, one waits for its answer."""
    now = database_now()
    starts = _afternoon(local_day(now) + timedelta(days=15))
    facts = {
        "title": COMING, "draft": DRAFTS[COMING], "author": "Prezydent Miasta", "chair": "Przewodniczący Rady Miasta",
        "ordered_by": "XXX/1/26 (przykład)", "ordered_on": local_day(now) - timedelta(days=10), "opinions_until": local_day(starts),
    }  # fmt: skip
    made = hearings.plan_hearing(
        facts=facts, starts_at=starts, ends_at=starts + timedelta(hours=2, minutes=30), place=make_place("Sala sesyjna (przykład)"),
        contact="Biuro Rady Miasta, tel. 32 555 01 30", speakers=20, form_key=uuid.uuid5(uuid.NAMESPACE_URL, COMING), person=head,
    )  # fmt: skip
    made = hearings.announce_hearing(hearing=made, person=head)
    group = made.meeting.seat_groups.get()
    for name in SPEAKERS:
        meetings.register(meeting=made.meeting, person=Person(name=name, group=group), through="desk", by=head)
    for number, (text, organisation, position, reasons) in enumerate(OPINIONS):
        opinion = hearings.file_opinion(
            hearing=made, who=SPEAKERS[number], organisation=organisation, email="", text=text,
            form_key=uuid.uuid5(uuid.NAMESPACE_URL, text),
        )  # fmt: skip
        if number < len(OPINIONS) - 1:
            hearings.answer_opinion(opinion=opinion, position=position, reasons=reasons, shown_text=text, person=head)


def _past(head: User) -> None:
    """Held two months ago; councillors got the dossier and voted."""
    starts = _afternoon(local_day(database_now()) - timedelta(days=60))
    ends = starts + timedelta(hours=2)
    meeting: Meeting = make_meeting(
        "hearing", starts_at=starts, ends_at=ends, title=f"Wysłuchanie publiczne: {PAST}"[:200], state="held", held_at=ends,
        contact="Biuro Rady Miasta, tel. 32 555 01 30", summary=DRAFTS[PAST], place=make_place("Sala sesyjna (przykład)"),
    )  # fmt: skip
    key = uuid.uuid5(uuid.NAMESPACE_URL, PAST)
    made = Hearing.objects.create(
        form_key=key, title=PAST, draft=DRAFTS[PAST], author="grupa radnych (przykład)", chair="Przewodniczący Rady Miasta",
        number=take_number(series=hearings.SERIES, subject=f"{hearings.SERIES}:{key}", at=starts).text, meeting=meeting,
        ordered_by="XXVIII/2/26 (przykład)", ordered_on=local_day(starts) - timedelta(days=25), opinions_until=local_day(starts),
        listed_at=starts, speaker_count=9, handed_at=ends + timedelta(days=6), session_on=local_day(ends) + timedelta(days=13),
        is_adopted=True, resolution="XXX/9/26 (przykład)", words="Rada dopisała wyjątek dla imprez, na które jest zgoda miasta.",
        made_at=starts - timedelta(days=24),
    )  # fmt: skip
    for number, (text, organisation, position, reasons) in enumerate(PAST_OPINIONS, 1):
        HearingOpinion.objects.create(
            hearing=made, number=number, code=random_code(12), channel="online", who=SPEAKERS[number], organisation=organisation,
            text=text, shown_text=text, filed_at=starts - timedelta(days=number), position=position, reasons=reasons,
            answered_at=ends + timedelta(days=2),
        )  # fmt: skip


PAST_OPINIONS = (
    ("Muzyka w parku do północy nie pozwala spać w trzech blokach obok.", "", "taken", "To główny powód projektu."),
    ("Zakaz uderzy w letnie kino. Ono kończy się po 22.00 i jest ciche.", "Kino Próbne (przykład)", "partly",
     "Dopiszemy wyjątek dla imprez, na które jest zgoda miasta."),
)  # fmt: skip


def _debate(head: User) -> None:
    """The debate of last June: 17 forms on the list, of which 15 spoke, and three that were not accepted."""
    today = local_day(database_now())
    year = today.year if today > date(today.year, 7, 10) else today.year - 1
    session = datetime.combine(working_day_from(date(year, 6, 25)), time(9), tzinfo=WARSAW)
    facts: dict[str, Any] = {
        "year": year - 1, "session_at": session, "place": "sala sesyjna, ul. Młyńska 4 (przykład)", "report_on": date(year, 5, 29),
        "report_url": "https://bip.ratusz.example/raport-o-stanie-gminy", "most_speakers": 15, "raised_by": "",
    }  # fmt: skip
    made = debates.save_debate(facts=facts, person=head)
    for number in range(1, 18):
        _entry(made, number, session - timedelta(days=20 - number, minutes=7 * number), state="listed", signatures=49 + number)
    _entry(made, 18, session - timedelta(days=2), state="refused", refusal="few_signatures", signatures=49)
    _entry(made, 19, closes_at(session) - timedelta(hours=3), state="refused", refusal="not_resident", signatures=52)
    _entry(made, 20, closes_at(session) + timedelta(hours=8), state="refused", refusal="late")
    words = "Głos zabrało 15 osób. Mówiły najczęściej o tramwajach, zieleni przy szkołach i parkowaniu (przykład)."
    debates.note_result(debate=made, resolution="XX/3/26 (przykład)", words=words, person=head)


def _entry(debate: Debate, order: int, received_at: datetime, **facts: Any) -> None:
    DebateEntry.objects.create(
        debate=debate, order=order, code=random_code(12), channel="paper", received_at=received_at,
        name=f"Osoba Przykładowa {order}", home=f"ul. Przykładowa {order}",
        judged_at=received_at + timedelta(hours=2), **facts,
    )  # fmt: skip


def _notice() -> None:
    """A committee wrote from the website and waits for a clerk."""
    title = "Uchwała w sprawie ławek co 200 metrów (przykład)"
    notices.send_notice(
        title=title, draft="§ 1. Przy głównych drogach pieszych stoją ławki co najmniej co 200 metrów.",
        justification="Starsze osoby nie dojdą do sklepu bez odpoczynku.", email="lawki@example.pl",
        members="\n".join(f"{name}; ul. Przykładowa {number}" for number, name in enumerate(SPEAKERS[:5], 1)),
        form_key=uuid.uuid5(uuid.NAMESPACE_URL, title),
    )  # fmt: skip


def _council(head: User) -> None:
    """One council whose duty is that of a consultation point: hours and days without a duty are typed there, once."""
    district = District.objects.filter(number=12).first()
    if district is None or Point.objects.filter(slug=COUNCIL_POINT).exists():
        return
    where = {"address": "ul. Przykładowa 12", "room": "parter"}
    about = "Dyżur radnych dzielnicy: sprawy okolicy, wnioski do miasta. Godziny są przykładem."
    point = Point(slug=COUNCIL_POINT, name="Rada Dzielnicy nr 12 Koszutka (przykład)", about=about, takes_bookings=False, **where)
    advice.save_point(point=point, person=head)
    advice.add_hours(point=point, weekday=3, opens=time(16, 30), closes=time(18), valid_from=date(2026, 1, 1), person=head)
    save_council(district=district, facts={"point_slug": COUNCIL_POINT, "is_example": True}, person=head)
