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

RUNNING, ENDED = "demo-park-przy-stawie", "demo-droga-rowerowa-przez-osiedle"
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


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _consultation(slug: str, number: str, title: str, first: int, last: int, **facts: Any) -> Form:
    now = database_now()
    made = Consultation.objects.create(
        slug=slug, number=number, title=title, label=Consultation.Label.FORMAL, modes=["art5a"], order_number="0/0000 (zmyślone)",
        decided_by="Prezydent Miasta", owner_unit=Unit.objects.get(short_name="ZZM"), owner_person=_person("head"),
        starts_on=local_day(now) + timedelta(days=first), ends_on=local_day(now) + timedelta(days=last),
        announced_at=now + timedelta(days=first - 14), created_at=now + timedelta(days=first - 40), **facts,
    )  # fmt: skip
    Area.objects.create(consultation=made, kind=Area.Kind.CITY, name="Całe miasto")
    return Form.objects.create(
        consultation=made, kind="remarks", title="Uwagi na piśmie i przez internet", place="Biblioteka (przykład)"
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
