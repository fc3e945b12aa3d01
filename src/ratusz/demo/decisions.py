"""Decisions of the President in the demo city: one met, one extended and one late in each of two districts, and others.

Everything is made up: people are roles, evidence says on its face that it is made up, nothing leaves the machine. Moments of the
past are set by hand after the deeds, so that the demo looks as if it had been used for months.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.governance.decisions import actions
from ratusz.governance.decisions.due_days import steps_due
from ratusz.governance.decisions.ladder_pack import ladder
from ratusz.governance.decisions.models import Asker, Decision, LadderStep, PublicChange
from ratusz.publishing.website.models import Topic

KEY = "demo.decision:{}"
PROOF = {
    "kind": "page", "label": "Strona z odbiorem prac (dowód zmyślony na potrzeby demo)", "is_public": True,
    "url": "https://demo.ratusz.example/dowod-zmyslony",
}  # fmt: skip
RAIN = "Ulewy opóźniły prace o miesiąc."
MATERIAL = "Dostawca przysłał złe elementy, czekamy na wymianę."
DECISIONS: list[tuple[str, str, int, int, str, str, str, str]] = [
    # district, unit, taken days ago, due in days, how far, title, what people asked, what was decided
    ("ligota", "ZZM", 120, -30, "done", "Ławki na skwerze przy stacji", "Na skwerze przy stacji nie ma gdzie usiąść.",
     "Ustawimy pięć ławek z oparciem i dwa kosze."),
    ("ligota", "MZUIM", 100, 25, "moved", "Oświetlone przejście przy szkole", "Dzieci przechodzą po ciemku.",
     "Zamontujemy oświetlenie przejścia przy szkole i odblaskowe słupki."),
    ("ligota", "BD", 110, -20, "late", "Podjazd do biblioteki", "Z wózkiem nie da się wjechać do biblioteki.",
     "Zbudujemy podjazd z poręczą przy wejściu do biblioteki."),
    ("szopienice", "KST", 140, -45, "done", "Przegląd drzew przy placu zabaw", "Gałęzie spadają na plac zabaw.",
     "Sprawdzimy wszystkie drzewa i usuniemy suche gałęzie."),
    ("szopienice", "WOD", 95, 40, "moved", "Wymiana wodociągu w trzech ulicach", "Woda jest rdzawa od lat.",
     "Spółka wymieni rury w trzech ulicach i poda dni przerw w dostawie."),
    ("szopienice", "MZUIM", 105, -33, "late", "Równy chodnik do przychodni", "Płyty chodnika są krzywe, ludzie się przewracają.",
     "Wyrównamy chodnik od przystanku do przychodni."),
    ("ligota", "ES", 40, 60, "running", "Boisko otwarte w soboty", "Boisko szkolne jest w soboty zamknięte.",
     "Szkoła otworzy boisko w soboty od 9 do 18."),
    ("szopienice", "MOSIR", 30, 75, "running", "Stojaki na rowery przy basenie", "Nie ma gdzie przypiąć roweru.",
     "Postawimy dwadzieścia stojaków pod dachem."),
    ("", "BOM", 25, 20, "running", "Urząd czynny dłużej w środy", "Po pracy nie da się złożyć wniosku.",
     "W środy Urząd obsługuje mieszkańców do 18."),
    ("", "INF", 5, 45, "taken", "Prostszy formularz zameldowania", "Formularz pyta dwa razy o to samo.",
     "Skrócimy formularz i pokażemy przykład wypełnienia."),
    ("ligota", "PS", 60, 10, "reported", "Dyżur asystenta seniora", "Starsze osoby nie wiedzą, gdzie prosić o pomoc.",
     "Asystent seniora będzie w dzielnicy w każdy wtorek."),
    ("szopienice", "K", 70, -5, "impossible", "Kino letnie na hałdzie", "Chcemy kina pod chmurką na hałdzie.",
     "Sprawdzimy, czy na hałdzie można pokazać filmy."),
    ("", "KST", 80, 50, "paused", "Zielony dach Urzędu", "Urząd powinien dać przykład.",
     "Obsadzimy dach Urzędu roślinami."),
    ("ligota", "ZZM", 50, 30, "withdrawn", "Fontanna na placu", "Przydałaby się fontanna.",
     "Przygotujemy projekt fontanny na placu."),
    ("szopienice", "BD", 3, 90, "draft", "Ławka przy pętli autobusowej", "Przy pętli nie ma ławki.", ""),
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: a decision is known by its place in the list."""
    report("ustalenia Prezydenta")
    with acting(system("demo")):
        office = User.objects.filter(email__startswith="presidents-secretariat@").first()
        head = User.objects.filter(email__startswith="head@").first()
        if office is None or head is None:
            return
        _posts()
        for number, facts in enumerate(DECISIONS):
            if not Decision.objects.filter(source_key=KEY.format(number)).exists():
                _make(number, facts, office, head)
        _question(office)
        # What the demo tells of its own past goes to nobody.
        PublicChange.objects.filter(told_at=None).update(told_at=database_now())


def _posts() -> None:
    """The posts that the ladder names, with made-up addresses."""
    for symbol, name in (("SEK", "Sekretarz Miasta"), ("PEL", "Pełnomocnik Prezydenta")):
        Unit.objects.get_or_create(
            short_name=symbol,
            defaults={"name": name, "email": f"{symbol.lower()}@demo.ratusz.example", "kind": Unit.Kind.OFFICE_UNIT},
        )


def _make(number: int, facts: tuple[str, str, int, int, str, str, str, str], office: User, head: User) -> None:
    place, symbol, taken_ago, due_in, how, title, asked, decided = facts
    unit = Unit.objects.get(short_name=symbol)
    if unit.kind in actions.links.OUTSIDE and not unit.email:
        Unit.objects.filter(pk=unit.pk).update(email=f"{symbol.lower()}@demo.ratusz.example")
        unit.refresh_from_db()
    today = local_day(database_now())
    written: dict[str, Any] = {
        "title": title, "text": decided or title, "asked_words": asked, "public_text": decided, "lead_unit": unit,
        "asker_words": "mieszkanka dzielnicy" if place else "mieszkaniec miasta", "origin": "meeting" if place else "own",
        # Nobody takes a decision whose day is over: the late ones are set back afterwards.
        "due_on": today + timedelta(days=max(due_in, 1)),
        "district": District.objects.filter(slug__startswith=place).first() if place else None,
        "topic": Topic.objects.in_use().order_by("pk")[number % 3 : number % 3 + 1].first(),
    }  # fmt: skip
    decision = actions.draft_decision(facts=written, person=head, source_key=KEY.format(number), trusted=True)
    if how == "draft":
        return
    decision = actions.take_decision(decision=decision, person=office)
    actions.add_asker(decision=decision, person=office, email=f"pytanie{number}@demo.ratusz.example")
    _carry_out(decision, how, office, unit)
    _backdate(decision, taken_ago, due_in, how)


def _carry_out(decision: Decision, how: str, office: User, unit: Unit) -> None:
    """The deeds of the unit, as its link would do them, and of the President's office."""
    if how == "taken":
        return
    both = {"decision": decision, "by_unit": unit}
    # The deeds come before the day they are set back to, so the due day is still ahead here.
    ahead = local_day(database_now()) + timedelta(days=20)
    Decision.objects.filter(pk=decision.pk).update(due_on=ahead, first_due_on=ahead)
    actions.accept_decision(**both, first_step="Wizja na miejscu i kosztorys")
    if how == "moved":
        for days, reason in ((35, RAIN), (60, MATERIAL)):
            wanted = local_day(database_now()) + timedelta(days=days)
            actions.ask_later_day(**both, wanted=wanted, reason=reason)
            actions.answer_later_day(decision=decision, grant=True, answer=reason, person=office)
            if decision.district and decision.district.slug.startswith("ligota"):
                break
    elif how in ("done", "reported"):
        actions.report_decision(**both, end="done", text=f"Zrobione: {decision.title.lower()}.", evidence=[PROOF])
        if how == "done":
            actions.accept_report(decision=decision, note="Sprawdzone na miejscu i odebrane.", person=office)
    elif how == "impossible":
        instead = "Kino letnie będzie w parku, dwa razy w sierpniu."
        actions.report_decision(
            **both, end="not_feasible", text="Hałda jest niestabilna, nie wolno tam zbierać ludzi.", instead=instead
        )
        actions.accept_report(decision=decision, note="Przyjęto. Zapraszamy do parku.", person=office)
    elif how == "paused":
        actions.suspend_decision(decision=decision, reason="Czekamy na ekspertyzę nośności dachu.", person=office)
    elif how == "withdrawn":
        actions.withdraw_decision(
            decision=decision, reason="Pod placem biegnie kolektor, fontanna nie może powstać.", person=office
        )


def _backdate(decision: Decision, taken_ago: int, due_in: int, how: str) -> None:
    """As if it had happened over months: the deeds are real, their days are set."""
    now = database_now()
    taken, due = now - timedelta(days=taken_ago), local_day(now) + timedelta(days=due_in)
    facts: dict[str, Any] = {"taken_at": taken, "given_at": taken, "made_at": taken}
    decision.refresh_from_db()
    if how == "moved":
        facts["first_due_on"] = decision.first_due_on
    else:
        facts |= {"due_on": due, "first_due_on": due}
    if decision.settled_at is not None:
        ended = taken + timedelta(days=min(taken_ago - 1, max(5, taken_ago + due_in - 3)))
        facts |= {"settled_at": ended, "reported_at": ended - timedelta(days=2) if decision.reported_at else None}
    if how == "late":
        facts["explanation"] = "" if decision.district and decision.district.slug.startswith("ligota") else (
            "Wykonawca zszedł z budowy. Nowego wybierzemy w ciągu trzech tygodni."
        )  # fmt: skip
    Decision.objects.filter(pk=decision.pk).update(**facts)
    Asker.objects.filter(decision=decision).update(added_at=taken)
    _reminded(decision)
    _spread(decision, taken, facts.get("settled_at") or now - timedelta(days=1))
    if how == "late":
        PublicChange.objects.create(
            decision=decision, kind=PublicChange.Kind.OVERDUE, due_on=due, happened_at=now + timedelta(days=due_in + 1), told_at=now
        )


def _reminded(decision: Decision) -> None:
    """The ladder as if it had run every morning: a late one has climbed to the secretary and further."""
    decision.refresh_from_db()
    if not decision.is_open or decision.taken_at is None or decision.due_on is None:
        return
    yesterday = local_day(database_now()) - timedelta(days=1)
    taken = local_day(decision.taken_at)
    reported = local_day(decision.reported_at) if decision.reported_at else None
    for step, day in steps_due(ladder().steps_on(yesterday), taken, decision.due_on, reported, yesterday, taken):
        code = f"{step.code}:{reported}" if step.when == "reported" else step.code
        told = make_aware(datetime.combine(day, time(6, 30)))
        LadderStep.objects.create(decision=decision, due_on=decision.due_on, step=code, planned_on=day, told_at=told)


def _spread(decision: Decision, start: datetime, end: datetime) -> None:
    """What changed for everybody, spread evenly between the two moments."""
    changes = list(decision.changes.order_by("pk"))
    for place, change in enumerate(changes):
        share = place / max(1, len(changes) - 1)
        PublicChange.objects.filter(pk=change.pk).update(happened_at=start + (end - start) * share)


def _question(office: User) -> None:
    """A councillor's question with its clock, of a made-up councillor."""
    from ratusz.governance.decisions.models import CouncillorQuestion

    if CouncillorQuestion.objects.exists():
        return
    facts = {
        "kind": "interpelacja", "councillor": "Radna Przykładowa", "subject": "Oświetlenie ścieżki nad stawem",
        "text": "Kiedy zostanie naprawione oświetlenie ścieżki nad stawem?", "unit": Unit.objects.get(short_name="BD"),
        "received_on": local_day(database_now()) - timedelta(days=4),
    }  # fmt: skip
    actions.enter_question(facts=facts, person=office)
