"""Editions of the participatory budget that show one stage each, from the submission to the vote; plainly marked as examples.

Projects, costs and authors are made up (facts/example_projects.toml). Every step is a real deed of the accounts of the demo, done
on the day of loading. `edition_of("glosowanie")` is the one with a frozen ballot whose vote goes on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import make_aware

from ratusz.casework.moderation.actions import judge
from ratusz.casework.moderation.models import Deed, Item
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.budget import FACTS
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District, RegisteredCount
from ratusz.foundation.units.models import Unit
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.pool_making import PoolInput
from ratusz.participation.projects import actions, ballot, lists
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, ListKind


@dataclass(frozen=True)
class Shown:
    """An edition that shows a stage: its number, its name and its calendar in days from the day of loading."""

    number: int
    name: str
    days: dict[str, tuple[int, int]]
    lists: tuple[str, ...] = ()


EDITIONS = {
    "nabor": Shown(14, "pokaz: nabór", {
        "submission": (-10, 20), "formal": (21, 45), "remarks": (46, 59), "substantive": (46, 120), "ballot_list": (125, 130),
        "voting": (140, 153), "results": (154, 160),
    }),
    "formalna": Shown(15, "pokaz: ocena formalna", {
        "submission": (-40, -5), "formal": (-4, 20), "remarks": (21, 34), "substantive": (21, 95), "ballot_list": (100, 105),
        "voting": (115, 128), "results": (129, 135),
    }, (ListKind.SUBMITTED,)),
    "merytoryczna": Shown(16, "pokaz: ocena merytoryczna", {
        "submission": (-75, -40), "formal": (-39, -5), "merging": (-4, 20), "remarks": (-4, 10), "substantive": (-4, 60),
        "ballot_list": (65, 70), "voting": (80, 93), "results": (94, 100),
    }, (ListKind.SUBMITTED, ListKind.FORMAL)),
    "odwolania": Shown(17, "pokaz: odwołania", {
        "submission": (-120, -85), "formal": (-84, -50), "substantive": (-49, -1), "withdrawal": (0, 12), "ballot_list": (8, 12),
        "voting": (22, 35), "results": (36, 42),
    }, (ListKind.SUBMITTED, ListKind.FORMAL, ListKind.SUBSTANTIVE)),
    "karta": Shown(18, "pokaz: karta do głosowania", {
        "submission": (-130, -100), "formal": (-99, -70), "substantive": (-69, -12), "ballot_list": (-2, 5), "voting": (12, 25),
        "results": (26, 32),
    }, (ListKind.SUBSTANTIVE,)),
    "glosowanie": Shown(19, "pokaz: głosowanie", {
        "submission": (-150, -120), "formal": (-119, -90), "substantive": (-89, -20), "ballot_list": (-9, -4), "voting": (-1, 12),
        "verification": (13, 15), "results": (16, 22), "evaluation": (23, 40),
    }, (ListKind.SUBSTANTIVE,)),
}  # fmt: skip
PEOPLE_DAY = "2020-12-31"
BEST = ("L22", "L14", "L21")
YES = "Ceny z ostatnich zamówień są wyższe o jedną dziesiątą."


def edition_of(stage: str) -> Edition | None:
    """The edition that shows a stage; None where it is not loaded yet."""
    return Edition.objects.filter(demonstrates=EDITIONS[stage].name).first()


def load_submission(report: Report) -> None:
    """What residents do first: the edition whose submission is open. Repeatable."""
    _load(report, "nabor")


def load_later_stages(report: Report) -> None:
    """All other stages, up to the frozen ballot of the vote. Repeatable."""
    for stage in EDITIONS:
        _load(report, stage)


def _load(report: Report, stage: str) -> None:
    if edition_of(stage) is not None:
        return
    report(f"budżet obywatelski, {EDITIONS[stage].name}")
    with acting(system("demo")):
        edition = _edition(EDITIONS[stage])
        projects = tomllib.loads((FACTS / "example_projects.toml").read_text(encoding="utf-8"))["project"]
        for number, facts in enumerate((each for each in projects if each["stage"] == stage), 1):
            made = _submitted(edition, number, facts)
            _far(made, facts["end"])
        _afterwards(edition, stage)


def _edition(shown: Shown) -> Edition:
    today, leader = local_day(database_now()), _person("budget_coordinator")
    days = {code: (today + timedelta(first), today + timedelta(last)) for code, (first, last) in shown.days.items()}
    edition = budget.make_edition(
        city="Katowice", year=days["voting"][0].year, number=shown.number, kind=Edition.WITH_A_VOTE, rules_preset="katowice",
        voting_starts=None, voting_ends=None, demonstrates=shown.name, actor=leader,
    )  # fmt: skip
    budget.set_calendar(edition=edition, days=days, person=leader)
    codes = {each.pk: each.pool_code for each in District.objects.all()}
    people = {codes[count.district_id]: count.people for count in RegisteredCount.objects.filter(day=PEOPLE_DAY)}
    in_order = {code: people[code] for code in sorted(people, key=lambda code: int(code[1:]))}
    budget.make_pools(edition=edition, given=PoolInput(in_order, dict.fromkeys(in_order, 0), BEST), person=leader)
    budget.set_rules(edition=edition, values={"ballot.order": "lot"}, person=leader)
    budget.open_edition(edition=edition, person=leader)
    return Edition.objects.get(pk=edition.pk)


def _person(code: str) -> User:
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def _submitted(edition: Edition, number: int, facts: dict[str, Any]) -> Application:
    """Taken in by the desk at noon of a day of the submission, with an author who is plainly nobody."""
    pool = edition.pools.select_related("district").get(code=facts["pool"])
    first = edition.stages.get(code="submission").starts_at
    received = make_aware(datetime.combine(local_day(first) + timedelta(days=number), time(12)))
    lines = [
        {"name": name, "unit": unit, "quantity": Decimal(quantity), "price_grosze": price, "grosze": quantity * price}
        for name, unit, quantity, price in facts["lines"]
    ]
    told: dict[str, Any] = {
        "pool": pool, "title": facts["title"], "summary": facts["why"], "place": facts["place"], "other_place": "",
        "description": _described(facts["lines"]),
        "justification": facts["why"], "beneficiaries": facts["who"], "category": facts["category"], "land": "city", "years": 1,
        "point": _point(pool, number), "running_grosze": sum(line["grosze"] for line in lines) // 20,
        "accessibility": "Dojście bez progów, oznaczenia kontrastowe.", "name": f"Autor Przykładowy {number}",
        "address": f"ul. Przykładowa {number}, Katowice", "email": f"autor-{edition.number}-{number}@{DOMAIN}", "phone": "",
        "is_minor": False, "guardian_name": "", "guardian_contact": "",
    }  # fmt: skip
    return actions.enter_paper(
        edition=edition, facts=told, lines=lines, through="desk", received_at=received, proxy="", person=_person("desk_officer")
    )


def _described(lines: list[list[Any]]) -> str:
    return " ".join(f"{name[:1].upper()}{name[1:]}: {quantity} {unit.removesuffix('.')}." for name, unit, quantity, _price in lines)


def _point(pool: Any, number: int) -> tuple[float, float] | None:
    """A place near the middle of the district; a project of the whole city has none."""
    if pool.district is None or pool.district.point is None:
        return None
    longitude, latitude = pool.district.point
    return round(longitude + 0.002 * (number % 3 - 1), 5), round(latitude + 0.0015 * (number % 2), 5)


def _far(made: Application, end: str) -> None:
    """Takes a project as far as the word says."""
    if end == "submitted":
        return
    leader, editor = _person("budget_coordinator"), _person("editor")
    actions.assign_check(application=made, verifier=editor, substitute=leader, person=leader)
    if end == "called":
        actions.call_author(
            application=made, kind="complete", text="Napisz, kto udostępni salę i w jakich godzinach.", person=editor
        )
    elif end in ("proposed", "refused_formal", "refused_formal_appealed"):
        _refused_formally(made, editor, leader, is_approved=end != "proposed")
    elif end != "assigned":
        actions.mark_formal(application=made, answers=_all_met("formal"), person=editor)
        actions.pass_formal(application=made, person=editor)
        _assessed(made, end, leader)


def _all_met(stage: str) -> dict[str, tuple[str, str]]:
    return {each.code: ("yes", "") for each in criteria(stage)}


def _not_met(stage: str, code: str, reason: str) -> dict[str, tuple[str, str]]:
    return _all_met(stage) | {code: ("no", reason)}


def _refused_formally(made: Application, editor: User, leader: User, *, is_approved: bool) -> None:
    reason = "Teren nie należy do miasta, a zgody właściciela nie dołączono."
    actions.mark_formal(application=made, answers=_not_met("formal", "land", reason), person=editor)
    actions.propose_refusal(application=made, reasons=reason, person=editor)
    if is_approved:
        actions.approve_refusal(application=made, person=leader)


def _assessed(made: Application, end: str, leader: User) -> None:
    if end in ("passed", "merging"):
        return
    opinion = actions.ask_unit(application=made, unit=Unit.objects.get(short_name="BD"), is_leading=True, person=leader)
    if end == "asked":
        actions.ask_unit(application=made, unit=Unit.objects.get(short_name="ZZM"), is_leading=False, person=leader)
        return
    is_against = end in ("replying", "negative_appealed", "upheld")
    cost = made.cost_grosze * (30 if end == "too_dear" else 11) // 10
    actions.give_opinion(
        opinion=opinion, says="no" if is_against else "yes", reasons="Pod terenem biegnie ciepłociąg." if is_against else YES,
        answers=_not_met("substantive", "feasible", "pod terenem biegnie ciepłociąg") if is_against else _all_met("substantive"),
        cost=cost, running=made.running_grosze, person=_person("unit_verifier"),
    )  # fmt: skip
    if end in ("told", "too_dear"):
        return
    if is_against:
        _heard(made, leader, is_decided=end != "replying")
        return
    actions.decide_substantive(application=made, is_positive=True, reasons="", person=leader)
    if end == "withdrawn":
        actions.withdraw(application=made, reason="oświadczenie autora złożone w punkcie konsultacyjnym", person=leader)


def _heard(made: Application, leader: User, *, is_decided: bool) -> None:
    """The author learns of the intention to refuse, replies on paper, and another person refuses."""
    text = "Pod terenem biegnie ciepłociąg, dlatego zamierzamy ocenić projekt negatywnie. Możesz wskazać inne miejsce."
    call = actions.call_author(application=made, kind="reply", text=text, person=leader)
    if is_decided:
        actions.enter_answer(
            call=call, answer="Proszę o przesunięcie o kilka metrów.", received_at=database_now(), person=_person("desk_officer")
        )
        actions.decide_substantive(
            application=made, is_positive=False, reasons="Ciepłociąg biegnie pod całym terenem, przesunięcie nic nie zmieni.",
            person=_person("head"),
        )  # fmt: skip


def _afterwards(edition: Edition, stage: str) -> None:
    """What is done with a whole edition: lists, appeals, the ballot."""
    leader = _person("budget_coordinator")
    for kind in EDITIONS[stage].lists:
        _publish(edition, kind, leader)
    deed: Callable[[Edition, User], None] | None = {
        "merytoryczna": _told, "odwolania": _appealed, "karta": _presented, "glosowanie": _frozen
    }.get(stage)  # fmt: skip
    if deed:
        deed(edition, leader)


def _publish(edition: Edition, kind: str, leader: User) -> None:
    digest = lists.digest_of_rows(lists.rows_of(edition, kind))
    actions.publish_list(edition=edition, kind=kind, digest=digest, person=leader)


def _told(edition: Edition, leader: User) -> None:
    """Ties between projects, and what residents wrote of them: one remark is out and answered, others wait for a moderator."""
    _tied(edition, leader)
    crossing, moderator = edition.applications.get(title="Bezpieczne przejście przy szkole"), _person("moderator")
    words = "Czy wyniesione przejście nie utrudni przejazdu karetce?"
    remark = actions.write_remark(application=crossing, kind="remark", words=words)
    judge(item=Item.objects.get(thing=f"projects.remark:{remark.pk}"), deed=Deed.APPROVE, person=moderator)
    answer = "Nie: wyniesienie ma łagodne najazdy, takie same są na innych trasach karetek."
    actions.answer_remark(remark=remark, answer=answer, person=_person("editor"))
    actions.write_remark(application=crossing, kind="remark", words="Przydałby się też próg od strony garaży.")
    spa = edition.applications.get(title="Tężnia solankowa na skwerze")
    actions.write_remark(application=spa, kind="objection", words="Skwer jest mały. Po tężni nie zostanie na nim trawa.")


def _tied(edition: Edition, leader: User) -> None:
    crossing, parking = edition.applications.filter(pool__code="L8").order_by("order")
    reason = "Oba chcą zająć ten sam pas przed wejściem do szkoły."
    actions.tie_projects(one=crossing, other=parking, kind="exclusion", reason=reason, person=leader)
    trees, pots = edition.applications.filter(pool__code="L11").order_by("order")
    actions.propose_merger(kept=trees, absorbed=pots, reason="Oba zazieleniają zachodnią stronę rynku.", person=leader)


def _appealed(edition: Edition, leader: User) -> None:
    desk, head = _person("desk_officer"), _person("head")
    words = {
        "Wodny plac zabaw": "Wskazujemy inną polanę, bez ciepłociągu.",
        "Ogród deszczowy przy przedszkolu": "Ogród ma pół metra głębokości.",
        "Pomnik psa przewodnika": "Zgodę na teren przyniesiemy w tym tygodniu.",
    }  # fmt: skip
    for made in edition.applications.filter(title__in=words).order_by("pk"):
        appeal = actions.enter_appeal(application=made, reasons=words[made.title], filed_at=database_now(), person=desk)
        if made.title.startswith("Ogród"):
            actions.decide_appeal(appeal=appeal, is_upheld=True, grounds="Ogród nie sięga ciepłociągu.", person=head)
        elif made.title.startswith("Pomnik"):
            actions.decide_appeal(appeal=appeal, is_upheld=False, grounds="Zgody nie było w dniu złożenia.", person=head)
    _publish(edition, ListKind.SUBSTANTIVE, leader)


def _presented(edition: Edition, leader: User) -> None:
    """One person put the projects on the ballot and presented the list; another one has the move."""
    park = list(edition.applications.filter(pool__code="L3").order_by("order"))
    reason = "Wybieg i łąka zajęłyby tę samą polanę."
    actions.tie_projects(one=park[1], other=park[2], kind="exclusion", reason=reason, person=leader)
    _put(edition, leader)
    budget.freeze_ballot(edition=edition, person=leader)


def _frozen(edition: Edition, leader: User) -> None:
    _put(edition, leader)
    budget.freeze_ballot(edition=edition, person=leader)
    budget.freeze_ballot(edition=edition, person=_person("head"))
    _publish(Edition.objects.get(pk=edition.pk), ListKind.BALLOT, leader)


def _put(edition: Edition, leader: User) -> None:
    actions.put_on_ballot(edition=edition, digest=ballot.digest_of(ballot.candidates(edition)), person=leader)
