"""Remarks in the demo city: a consultation that takes them now, and one that is over and being answered. All made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Area, Consultation, Form
from ratusz.participation.remarks.actions import grouping, judging, paper, positions, routing, showing
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.models import Intake, Remark

RUNNING, ENDED, ON_MAP = "demo-park-przy-stawie", "demo-droga-rowerowa-przez-osiedle", "demo-gdzie-brakuje-cienia"
Category, Channel = Intake.Category, Intake.Channel
SAID_NOW = [
    # days ago, channel, category, organisation, people, remarks
    (6, Channel.ONLINE, Category.RESIDENT, "", 1, ["Przy placu zabaw nie ma cienia. Posadźcie drzewa od południa."]),
    (6, Channel.HAND, Category.RESIDENT, "", 1, ["Ławki są za niskie. Starsza osoba z nich nie wstanie.", "Brakuje toalety."]),
    (5, Channel.EMAIL, Category.NGO, "Stowarzyszenie Zielony Brzeg (zmyślone)", 1,
     ["Trzcina przy północnym brzegu to miejsce lęgowe. Nie koście jej przed sierpniem."]),
    (4, Channel.ONLINE, Category.RESIDENT, "", 1, ["Oświetlcie alejkę do przystanku. Po zmroku nic tam nie widać."]),
    (4, Channel.PETITION, Category.RESIDENT, "", 64, ["Chcemy wybiegu dla psów z ogrodzeniem i wodą."]),
    (3, Channel.ORAL, Category.RESIDENT, "", 1, ["Pan na wózku prosi o równy dojazd do pomostu."]),
    (2, Channel.ONLINE, Category.FIRM, "Kawiarnia Przykład (zmyślona)", 1,
     ["Prosimy o miejsce na stojaki rowerowe przed wejściem."]),
    (1, Channel.ONLINE, Category.RESIDENT, "", 1, ["Nie budujcie parkingu w parku. Obok jest pusty plac po targowisku."]),
]  # fmt: skip
PLACES = [
    # words, geometry with longitudes and latitudes
    ("Na przystanku nie ma wiaty ani drzewa.", [19.0262, 50.2731]), ("Ławka stoi w pełnym słońcu.", [19.0229, 50.2717]),
    ("Plac zabaw bez cienia, metal parzy.", [19.0281, 50.2744]), ("Przed pocztą nie ma gdzie usiąść.", [19.0275, 50.2739]),
    ("Dajcie drzewa w donicach, pod płytą jest parking.", [19.0216, 50.2588]),
    ("Cały rynek bez cienia w południe.", [19.0219, 50.2592]),
    ("Kolejka przed przychodnią stoi na słońcu.", [19.0107, 50.2563]),
    ("Przy szkole wycięto lipy i nic w zamian.", [18.9712, 50.2231]),
    ("Ławki przy kościele są połamane.", [18.9655, 50.2248]), ("Brakuje ławki w połowie podejścia.", [19.0561, 50.2349]),
    ("Na pętli czeka się w słońcu.", [19.0874, 50.2667]), ("Skwer jest ładny, ale bez ławek.", [19.0011, 50.2627]),
    ("Cała ścieżka nad rzeką jest bez drzew.", [[19.0301, 50.2632], [19.0372, 50.2629], [19.0441, 50.2641], [19.0517, 50.2638]]),
    ("Na tym osiedlu nie ma ani jednego zacienionego miejsca.",
     [[[19.0249, 50.2752], [19.0318, 50.2757], [19.0324, 50.2789], [19.0251, 50.2786], [19.0249, 50.2752]]]),
]  # fmt: skip
LETTER = "Sprzeciwiam się drodze rowerowej pod oknami. Poprowadźcie ją wzdłuż torów, gdzie nikomu nie przeszkadza."
GOOD = (
    "accepted", "Przejazd przy szkole będzie wyniesiony, a przy nim stanie lampa. Zmieniliśmy projekt; prace ruszą po wakacjach."
)  # fmt: skip
ANSWERS = {
    "Zróbcie wyniesiony przejazd przy szkole.": GOOD,
    "Zostawcie miejsca dla osób z niepełnosprawnością przy przychodni.": (
        "partly", "Z pięciu miejsc zostaną trzy, najbliżej wejścia. Pozostałe dwa przeniesiemy za róg: odległość to 40 metrów.",
    ),
    "Wytnijcie topole, bo śmiecą.": (
        "rejected", "Topole są zdrowe i dają cień całej ulicy. Ekspertyza przyrodnika zaleca tylko cięcia pielęgnacyjne.",
    ),
    "Obniżcie podatek od psów.": (
        "out_of_scope", "Konsultacje dotyczą drogi rowerowej. O podatku decyduje Rada w osobnej uchwale.",
    ),
}  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: a consultation that stands is left as it is."""
    if Consultation.objects.filter(slug=RUNNING).exists():
        return
    report("uwagi w konsultacjach")
    with acting(system("demo")):
        _running()
        _ended()
        _on_map()


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _consultation(slug: str, number: str, title: str, first: int, last: int, kind: str = "remarks", **facts: Any) -> Form:
    now = database_now()
    made = Consultation.objects.create(
        slug=slug, number=number, title=title, label=Consultation.Label.FORMAL, modes=["art5a"], order_number="0/0000 (zmyślone)",
        decided_by="Prezydent Miasta", owner_unit=Unit.objects.get(short_name="ZZM"), owner_person=_person("head"),
        starts_on=local_day(now) + timedelta(days=first), ends_on=local_day(now) + timedelta(days=last),
        announced_at=now + timedelta(days=first - 14), created_at=now + timedelta(days=first - 40), **facts,
    )  # fmt: skip
    Area.objects.create(consultation=made, kind=Area.Kind.CITY, name="Całe miasto")
    return Form.objects.create(
        consultation=made, kind=kind, title="Uwagi na piśmie i przez internet", place="Biblioteka (przykład)"
    )


def _running() -> None:
    """Takes remarks now: most were read and let out, the newest one waits; one paper is typed once."""
    form = _consultation(
        RUNNING, "KS/2026/9101", "Park przy stawie (przykład)", -8, 20,
        subject="Nowe urządzenie parku przy stawie. Park jest zmyślony.",
        purpose="Alejki są dziurawe, a plac zabaw ma osiemnaście lat.",
        open_questions="Alejki, zieleń, plac zabaw, światło. Granice parku i poziom wody w stawie się nie zmienią.",
    )  # fmt: skip
    desk, editor = _person("desk_officer"), _person("editor")
    for days, channel, category, organisation, people, contents in SAID_NOW:
        author = Author("Osoba Zmyślona", "", category, organisation, supporters=people)
        intake = _taken(form, days, channel, author, contents)
        for remark in intake.remarks.all() if days > 1 else ():
            showing.show_by_staff(remark=remark, person=editor)
    came = paper.receive_paper(form=form, channel=Channel.HAND, arrived_at=database_now() - timedelta(days=1), person=desk)
    paper.type_paper(paper=came, facts={"content": "Więcej koszy na śmieci.", "category": Category.RESIDENT}, person=desk)


def _taken(form: Form, days: int, channel: str, author: Author, contents: list[str]) -> Intake:
    arrival = Arrival(channel=channel, received_at=database_now() - timedelta(days=days))
    points = [Point(each) for each in contents]
    return take_in(
        consultation=form.consultation, form=form, points=points, author=author, arrival=arrival, person=_person("desk_officer")
    )  # fmt: skip


def _ended() -> None:
    """Over since twelve days: most are answered, some are drafts, one group shares a position, one came late."""
    form = _consultation(
        ENDED, "KS/2026/9102", "Droga rowerowa przez osiedle (przykład)", -40, -12,
        subject="Przebieg drogi rowerowej. Ulica i osiedle są zmyślone.", purpose="Brakuje przejazdu między szkołą a przychodnią.",
        open_questions="Przebieg przez osiedle i miejsca przejazdów. To, że droga powstanie, jest już ustalone.",
    )  # fmt: skip
    head, editor = _person("head"), _person("editor")
    resident = Author("Osoba Zmyślona", "", Category.RESIDENT)
    contents = [*ANSWERS, LETTER, LETTER, LETTER + " Bardzo proszę.", "Kiedy będzie gotowe?"]
    intakes = [_taken(form, 30 - number, Channel.ONLINE, resident, [each]) for number, each in enumerate(contents)]
    _taken(form, 5, Channel.POST, resident, ["Spóźniłam się: proszę o lustro na zakręcie."])
    remarks = list(Remark.objects.filter(consultation=form.consultation).order_by("number"))
    for remark in remarks:
        showing.show_by_staff(remark=remark, person=editor)
    routing.route(remarks=remarks, unit=form.consultation.owner_unit, person=editor)
    letters = [each.pk for each in remarks if each.content.startswith(LETTER)]
    group = grouping.make_group(
        consultation=form.consultation, name="Sprzeciw wobec drogi pod oknami", remarks=letters, person=editor
    )
    stand = positions.Stand(
        "partly", "Droga pójdzie drugą stroną ulicy, za szpalerem drzew. Wzdłuż torów nie może: to teren zamknięty kolei."
    )  # fmt: skip
    positions.write_for_cluster(cluster=group, stand=stand, person=editor)
    for remark in remarks:
        if remark.content in ANSWERS:
            positions.write_position(remark=remark, stand=positions.Stand(*ANSWERS[remark.content]), person=editor)
    answered = [each for each in remarks if each.content in ANSWERS or each.pk in letters]
    positions.move_all(remarks=answered, deed="review", person=editor)
    positions.move_all(remarks=answered[:5], deed="approve", person=head)
    judging.withdraw(intake=intakes[-1])


def _on_map() -> None:
    """Remarks on places of the city: points, a line and an area, most of them let out."""
    form = _consultation(
        ON_MAP, "KS/2026/9103", "Gdzie brakuje cienia i ławek (przykład)", -9, 12, kind="map_remarks",
        subject="Miejsca, w których latem nie ma gdzie usiąść w cieniu. Uwagi są zmyślone.",
        purpose="Plan nasadzeń i ławek na przyszły rok układamy od nowa.",
        open_questions="Miejsca i kolejność. Liczba drzew zależy od budżetu i nie zmieni się w tym roku.",
    )  # fmt: skip
    kinds = {float: "Point", 2: "LineString", 1: "Polygon"}
    for number, (words, where) in enumerate(PLACES):
        kind = kinds[float if isinstance(where[0], float) else 1 if len(where) == 1 else 2]
        intake = take_in(
            consultation=form.consultation, form=form, points=[Point(words, place={"type": kind, "coordinates": where})],
            author=Author("Osoba Zmyślona", "", Category.RESIDENT), person=_person("desk_officer"),
            arrival=Arrival(channel=Channel.ONLINE, received_at=database_now() - timedelta(days=8 - number // 2)),
        )  # fmt: skip
        showing.show_by_staff(remark=intake.remarks.get(), person=_person("editor"))
