"""Night sale of alcohol: Koszutka 2023, Załęże and Szopienice-Burowiec 2019. Public tallies; ballots are made up to fit them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ratusz.demo.cases.past import AGAIN, announced, district, moment, person, planned, reported
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.polls.actions import importing, setting_up
from ratusz.participation.polls.factories import file_of, make_poll
from ratusz.participation.polls.models import Poll

KOSZUTKA, TWO = "Nocna sprzedaż alkoholu na Koszutce", "Nocna sprzedaż alkoholu w Załężu i w Szopienicach-Burowcu"
AGAINST_FOR = (("przeciw", 334), ("za", 313), ("inna odpowiedź", 1))
INVALID = (("N01", 120), ("N02", 140), ("N03", 150), ("N04", 93), ("N05", 30))
"""Made up to make the public 533: nobody published the split."""
TALLIES = {"Załęże": (260, 260, 3), "Szopienice-Burowiec": (380, 299, 5)}
ANSWERS = ("tak", "nie", "nie mam zdania")
WRONG_FORM = 263
Rows = Iterator[list[str]]


def load() -> None:
    """Repeatable."""
    if not Consultation.objects.filter(title=f"{KOSZUTKA} {AGAIN}").exists():
        _koszutka()
    if not Consultation.objects.filter(title=f"{TWO} {AGAIN}").exists():
        _two()


def _koszutka() -> None:
    made = planned(
        KOSZUTKA, areas=[district("Koszutka")], starts_on=date(2023, 2, 6), ends_on=date(2023, 2, 19),
        made_up="treść głosów, podział na internet i papier oraz powody nieważności.",
        subject="Czy w nocy sklepy na Koszutce mają nie sprzedawać alkoholu.",
        purpose="Mieszkańcy skarżyli się na hałas w nocy.", open_questions="Czy wprowadzić zakaz. O zakazie decyduje Rada Miasta.",
        summary="Pytaliśmy mieszkańców Koszutki, czy zakazać nocnej sprzedaży alkoholu. Głos jest doradczy.",
    )  # fmt: skip
    poll = make_poll(made, area=made.areas.get(), question="Czy jesteś za zakazem nocnej sprzedaży alkoholu na Koszutce?")
    _meeting(made, date(2023, 2, 16), "MDK Koszutka")
    announced(made)
    _bring(poll, _koszutka_rows())
    words = "Rada Jednostki Pomocniczej nr 12 zaopiniowała sprawę, a Prezydent wybrał zakaz. Dzień tego wpisu jest zmyślony."
    setting_up.tell_decision(poll=poll, words=words, decided_on=date(2023, 3, 31), person=person("head"))
    reported(
        made, in_short="Przyszło 1181 głosów. Ważnych jest 648: 334 przeciw, 313 za i jedna inna odpowiedź. 533 głosy są nieważne.",
        what_next="Głos jest doradczy. Prezydent zapytał Radę Jednostki Pomocniczej nr 12, a potem wybrał zakaz.",
    )  # fmt: skip


def _koszutka_rows() -> Rows:
    for answer, count in AGAINST_FOR:
        yield from _rows("2023-02-10", answer, count)
    for reason, count in INVALID:
        yield from _rows("2023-02-12", "za", count, reason)


def _rows(day: str, answer: str, count: int, reason: str = "") -> Rows:
    """Ballots without names: half of them online, half in an urn."""
    for number in range(count):
        yield ["online" if number % 2 else "urna", day, "", "", answer, reason, ""]


def _two() -> None:
    made = planned(
        TWO, areas=[district(name) for name in TALLIES], starts_on=date(2019, 11, 21), ends_on=date(2019, 12, 5),
        order_number="611/2019", ordered_on=date(2019, 10, 29),
        made_up="treść głosów, podział na internet i papier oraz to, że wszystkie 263 oświadczenia stoją przy Załężu.",
        subject="Czy w nocy sklepy w dwóch dzielnicach mają nie sprzedawać alkoholu.",
        purpose="Mieszkańcy skarżyli się na hałas w nocy.", open_questions="Czy wprowadzić zakaz, osobno w każdej dzielnicy.",
        summary="Pytaliśmy mieszkańców dwóch dzielnic o zakaz nocnej sprzedaży alkoholu. Głos jest doradczy.",
    )  # fmt: skip
    polls = [
        make_poll(made, area=area, question=f"Czy w nocy sklepy mają nie sprzedawać alkoholu? {area.name}", answers=ANSWERS)
        for area in made.areas.order_by("pk")
    ]
    _meeting(made, date(2019, 11, 21), "")
    announced(made)
    for poll in polls:
        assert poll.form.area is not None
        _bring(poll, _tally_rows(poll.form.area.name))
    reported(
        made, what_next="Głos jest doradczy. Miasto pyta policję, straż miejską i rady dzielnic.",
        in_short="W Załężu jest remis: 260 głosów na tak, 260 na nie i 3 bez zdania. W Szopienicach-Burowcu 380 osób jest za, 299"
        " przeciw, a 5 nie ma zdania. 263 oświadczenia przyszły w innej formie: podajemy je, ale nie liczymy.",
    )  # fmt: skip


def _tally_rows(name: str) -> Rows:
    for answer, count in zip(ANSWERS, TALLIES[name], strict=True):
        yield from _rows("2019-12-01", answer, count)
    if name == "Załęże":
        yield from _rows("2019-12-02", "tak", WRONG_FORM, "inna forma")


def _meeting(consultation: Consultation, day: date, place: str) -> None:
    """An open meeting that was held."""
    starts = moment(day, 17)
    Form.objects.create(
        consultation=consultation, kind="open_meeting", title="Spotkanie otwarte", place=place, starts_at=starts,
        ends_at=starts + timedelta(hours=2), held_at=starts + timedelta(hours=2),
        result_summary="Spotkanie odbyło się. Jego przebieg nie jest publiczny i nie ma go tu.",
    )  # fmt: skip


def _bring(poll: Poll, rows: Rows) -> None:
    """The ballots as a committee judged them."""
    told = importing.bring_in(
        poll=poll, content=file_of(rows), name="glosy.csv", second=person("editor"), person=person("head"), is_judged=True
    )
    if told.faults:
        raise RuntimeError(str(told.faults[0]))
