"""The intranet of the demo: buildings, colleagues without a desk, notices, some confirmed and some not; and two elections."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ratusz.coordination.calendar.actions import read_candidates, set_up_election
from ratusz.coordination.calendar.models import Election
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.demo.people import SINCE
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions import create_account
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units.actions import appoint, save_unit
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.publishing.intranet import actions
from ratusz.publishing.intranet.models import Building, Notice, NoticeTarget
from ratusz.publishing.intranet.structure import from_text

WARSAW = ZoneInfo("Europe/Warsaw")
BUILDINGS = {
    "Młyńska 4": ("ul. Młyńska 4, 40-098 Katowice", ("UM",)),
    "Rynek 1": ("Rynek 1, 40-003 Katowice", ("BOM", "KS", "PS")),
}
COLLEAGUES = [
    # address before the @, first name, last name, role, unit
    ("kierownictwo-bom", "Kierowniczka", "Demo-Obsługa", "head", "BOM"),
    ("zastepstwo-bom", "Zastępca", "Demo-Obsługa", "deputy_head", "BOM"),
    ("goniec", "Goniec", "Demo", "employee", "BOM"),
    ("portiernia", "Portierka", "Demo", "employee", "BOM"),
    ("konserwacja", "Konserwator", "Demo", "employee", "BOM"),
    ("kierownictwo-inf", "Kierownik", "Demo-Informatyka", "head", "INF"),
    ("wsparcie", "Informatyczka", "Demo", "employee", "INF"),
    ("nadzor", "Inspektor", "Demo-Nadzór", "employee", "BD"),
    ("zielen", "Ogrodniczka", "Demo", "employee", "KST"),
]
MEETING_POINT = """Próbny alarm włączymy w piątek o godz. 10.00. Potrwa około 20 minut.

- Wyjdź najbliższym wyjściem ewakuacyjnym, nie używaj windy.
- Pomóż gościom i osobom, które poruszają się wolniej.
- Zbiórka jest przy fontannie na rynku. Kierownicy liczą swoje komórki.

Nie wracaj do budynku, dopóki strażnik nie odwoła alarmu."""
NOTICES: list[dict[str, Any]] = [
    {
        "title": "Szkolenie okresowe BHP: termin dla każdej komórki", "category": "safety", "days": 20,
        "lead": "Do końca miesiąca każdy przechodzi szkolenie i potwierdza, że zna zasady.",
        
        "text": "Szkolenie trwa dwie godziny. Zapisy prowadzi sekretariat Twojej komórki.\n\n- Zabierz legitymację służbową.\n"
        "- Osoby bez komputera podpisują listę u przełożonego.\n\nPodstawa: art. 237³ Kodeksu pracy.",
    },
    {
        "title": "Próbna ewakuacja budynku przy Rynku 1", "category": "safety", "days": 6, "buildings": ("Rynek 1",),
        "lead": "W piątek o godz. 10.00 ćwiczymy wyjście z budynku. Poznaj drogę i miejsce zbiórki.", "text": MEETING_POINT,
    },
    {
        "title": "Nowa centrala telefoniczna od poniedziałku", "category": "systems", "lead_story": True,
        "lead": "Numery wewnętrzne zostają, zmienia się sposób przełączania rozmów.",
        "text": "Rozmowę przełączasz klawiszem R i numerem wewnętrznym. Poczta głosowa ma numer 500.\n\n"
        "Instrukcja leży przy każdym aparacie. Pytania: Wydział Informatyki, wewn. 120.", "comments": True,
    },
    {
        "title": "Praca Urzędu w czasie świąt", "category": "work", "pinned": True, "behalf": "Sekretarz Miasta",
        "lead": "24 grudnia pracujemy do godz. 13.00, 2 stycznia obsługa działa tylko w punktach przy Rynku 1.",
        "text": "Grafik dyżurów ustalają kierownicy do 10 grudnia.\n\n"
        "Urlopy na żądanie zgłaszaj jak zwykle, przed rozpoczęciem pracy.",
    },
    {
        "title": "Jak nie dać się oszukać fałszywej wiadomości", "category": "systems", "days": 12,
        "lead": "Wiadomości udające dział kadr proszą o hasło. Nikt z Urzędu o nie nie pyta.",
        "text": "Przed kliknięciem sprawdź adres nadawcy.\n\n1. Nie otwieraj załącznika.\n2. Zgłoś wiadomość: wewn. 120.\n"
        "3. Jeśli hasło już wpisane, zmień je od razu i zadzwoń.",
    },
    {
        "title": "Karta sportowa na nowy rok: zapisy", "category": "staff",
        "lead": "Zapisy trwają do połowy grudnia w sekretariatach.",
        "text": "Deklaracja jest w sekretariacie każdej komórki.", "comments": True,
    },
    {
        "title": "Warsztaty prostego języka dla piszących do mieszkańców", "category": "training", "units": ("KS", "BOM", "PS"),
        "lead": "Sześć godzin, małe grupy, pisma z Twojej szuflady.",
        "text": "Przynieś jedno pismo, które budzi pytania. Zapisy u redakcji Wydziału Komunikacji Społecznej.",
    },
    {
        "title": "Przerwa w działaniu windy przy Młyńskiej 4", "category": "work", "buildings": ("Młyńska 4",),
        "lead": "Przegląd techniczny w środę od godz. 15.30.", "text": "Windą dla wózków jedziesz wtedy od strony podwórza.",
    },
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("intranet i tryb wyborczy")
    with acting(system("demo")):
        units = {unit.short_name: unit for unit in Unit.objects.all()}
        _contacts(units)
        buildings = _buildings(units)
        _colleagues(units)
        if not Notice.objects.exists():
            _notices(units, buildings)
        if not Election.objects.exists():
            _elections()


def _contacts(units: dict[str, Unit]) -> None:
    """Made-up extensions and addresses, so that nobody's telephone rings."""
    offices = [unit for unit in units.values() if unit.kind in (Unit.Kind.OFFICE, Unit.Kind.OFFICE_UNIT)]
    for number, unit in enumerate(sorted(offices, key=lambda unit: unit.short_name), 101):
        if not unit.phone:
            save_unit(unit=unit, phone=f"wewn. {number}", email=f"{unit.short_name.lower()}@{DOMAIN}")


def _buildings(units: dict[str, Unit]) -> dict[str, Building]:
    made = {}
    for name, (address, symbols) in BUILDINGS.items():
        made[name], is_new = Building.objects.get_or_create(name=name, defaults={"address": address})
        if is_new:
            made[name].units.set([units[symbol] for symbol in symbols])
    return made


def _colleagues(units: dict[str, Unit]) -> None:
    for name, first, last, code, symbol in COLLEAGUES:
        email = f"{name}@{DOMAIN}"
        if not User.objects.filter(email=email).exists():
            account = create_account(email=email, first_name=first, last_name=last)
            appoint(person=account, role=Role.objects.get(code=code), unit=units[symbol], starts=SINCE)
    head = Appointment.objects.filter(person__email=f"kierownictwo-inf@{DOMAIN}", standing_in_for=None).first()
    stand_in = User.objects.get(email=f"wsparcie@{DOMAIN}")
    if head and not head.stand_ins.exists():
        appoint(person=stand_in, role=head.role, unit=head.unit, starts=SINCE, standing_in_for=head)


def _notices(units: dict[str, Unit], buildings: dict[str, Building]) -> None:
    editor = User.objects.get(email=f"editor@{DOMAIN}")
    today = datetime.combine(database_now().astimezone(WARSAW).date(), time(0), tzinfo=WARSAW)
    made = []
    for facts in reversed(NOTICES):
        targets = [NoticeTarget(unit=units[symbol]) for symbol in facts.get("units", ())]
        targets += [NoticeTarget(building=buildings[name]) for name in facts.get("buildings", ())]
        days = facts.get("days")
        notice = actions.write_notice(
            person=editor, targets=targets, title=facts["title"], lead=facts["lead"], body=from_text(facts["text"]),
            category=facts["category"], owner_unit=units["KS"], on_behalf_of=facts.get("behalf", ""), is_required=bool(days),
            due_at=today + timedelta(days=days) if days else None, is_pinned=facts.get("pinned", False),
            is_lead_story=facts.get("lead_story", False), comments_open=facts.get("comments", False),
        )  # fmt: skip
        actions.publish_notice(notice=notice, person=editor)
        made.append(notice)
    _answers(made[::-1], editor, units)


def _answers(notices: list[Notice], editor: User, units: dict[str, Unit]) -> None:
    """Some confirmed the first version of the drill, then the meeting point moved: everybody is asked again."""
    training, drill, switchboard = notices[0], notices[1], notices[2]
    messenger, porter = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("goniec", "portiernia"))
    for person in (messenger, porter, editor):
        actions.note_reading(notice=drill, person=person)
        actions.acknowledge(notice=drill, person=person, number=1)
        actions.acknowledge(notice=training, person=person, number=1)
    actions.write_comment(notice=switchboard, text="Czy numery do punktów obsługi też zostają?", person=messenger)
    actions.write_comment(notice=switchboard, text="Tak, zostają bez zmian.", person=editor)
    moved = MEETING_POINT.replace("przy fontannie na rynku", "na placu za budynkiem, przy stojakach rowerowych")
    actions.change_notice(notice=drill, person=editor, body=from_text(moved))
    actions.publish_notice(notice=drill, person=editor, what_changed="Zbiórka jest w innym miejscu: za budynkiem.")
    actions.acknowledge(notice=drill, person=editor, number=2)
    head = User.objects.get(email=f"kierownictwo-bom@{DOMAIN}")
    actions.enter_for_people(notice=drill, number=2, unit=units["BOM"], people=[porter], person=head)


def _elections() -> None:
    head = User.objects.get(email=f"head@{DOMAIN}")
    common = {"person": head, "kind": "local", "territory": "całe miasto"}
    set_up_election(
        **common, name="Wybory samorządowe 2024", ordering_act="Dz.U. 2024 poz. 109", ordered_on=date(2024, 1, 29),
        voting_day=date(2024, 4, 7), second_round_day=date(2024, 4, 21), polls_from=time(7), polls_to=time(21),
    )  # fmt: skip
    next_one = set_up_election(
        **common, name="Wybory samorządowe 2029 (terminy próbne)", ordering_act="jeszcze nie ogłoszono",
        ordered_on=date(2029, 1, 29), voting_day=date(2029, 4, 8), second_round_day=date(2029, 4, 22), polls_from=time(7),
        polls_to=time(21),
    )  # fmt: skip
    rows = [("Anna", "Wzorcowa", "Komitet Próbny"), ("Jan", "Przykładowy", "Komitet Przykładów")]
    read_candidates(election=next_one, rows=rows, person=head)
