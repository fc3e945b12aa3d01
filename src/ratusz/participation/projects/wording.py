"""Words of a project on screens: its state, whose move it is, its facts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget.models import Pool
from ratusz.participation.projects.form_pack import label_of
from ratusz.participation.projects.models import Application, Course, Estimate, State, Tie
from ratusz.ui.parts import Fact

ENDED = (State.FORMAL_NO, State.NEGATIVE, State.MERGED, State.WITHDRAWN)


def state_words(state: str) -> str:
    """A state as people read it: "Złożony, czeka na ocenę formalną"."""
    words = str(State(state).label)
    return words[:1].upper() + words[1:]


def whose_move(application: Application) -> str:
    """With whom it is: one of the five words of the house with its person."""
    if application.state == State.DRAFT:
        return pgettext("state", "draft")
    if application.state in ENDED or application.state == State.ON_BALLOT:
        return _("closed")
    if application.state in (State.COMPLETING, State.REPLYING):
        return _("with the author")
    return _("with the assessing units") if application.state == State.FORMAL_YES else _("with the department")


def place_of(pool: Pool) -> str:
    """Where a project stands, as lists and choices say it."""
    return _("Whole city") if pool.is_city_wide else pool.name


def facts(application: Application, *, is_assessed: bool) -> list[Fact]:
    """What a card says, label and words; nobody's data. The cost by the unit stands there where its assessment is told."""
    checked = application.checked_grosze if is_assessed else None
    said = [
        (_("Number"), application.number),
        (_("Where"), place_of(application.contest)),
        (_("Category"), label_of("category", application.category)),
        (_("Place"), application.place),
        (_("Another place, should the first fail"), application.other_place),
        (_("Land"), label_of("land", application.land)),
        (_("Cost by the author"), zlotys(application.cost_grosze)),
        (_("Cost by the unit"), "" if checked is None else zlotys(checked)),
        (_("Running cost a year by the author"), zlotys(application.running_grosze)),
        (_("Time"), _("two years") if application.years == 2 else _("one year")),
        (_("Submitted"), polish_moment(application.arrived)),
    ]
    return [Fact(label, words) for label, words in said if words]


def land_fact(application: Application) -> list[Fact]:
    """What the newest check of the land says; a plot that may be a private person's has no number here."""
    found = application.land_checks.order_by("-pk").first()
    if found is None:
        return []
    plot = f"{found.plot}, " if found.is_named_to_all else ""
    words = _("%(plot)sland of: %(owner)s; %(result)s (%(source)s)")
    said = {"plot": plot, "owner": found.get_owner_display(), "result": found.get_result_display(), "source": found.source}
    return [Fact(_("Check of the land"), words % said)]


def texts(application: Application) -> list[tuple[str, str]]:
    """The longer words of a card under their headings."""
    said = [
        (_("Description"), application.description), (_("Why it is needed"), application.justification),
        (_("Who will use it"), application.beneficiaries), (_("Accessibility"), application.accessibility),
    ]  # fmt: skip
    return [(title, words) for title, words in said if words]


def course(steps: Iterable[Course]) -> list[tuple[str, str, str]]:
    """Steps it took: when, what, why."""
    return [(polish_moment(step.happened_at), str(State(step.state).label), step.reason) for step in steps]


def cost_lines(application: Application) -> list[dict[str, str]]:
    """Lines of the author's estimate in words."""
    return [
        {
            "name": line.name, "quantity": f"{line.quantity.normalize():f}".replace(".", ","), "unit": line.unit,
            "price": zlotys(line.price_grosze), "sum": zlotys(line.grosze),
        }
        for line in application.cost_lines.all()
    ]  # fmt: skip


def estimates(made: QuerySet[Estimate]) -> list[tuple[str, str, str, str]]:
    """Every estimate in order: whose, cost, running cost, when."""
    return [
        (
            each.unit.name if each.unit else _("the author"), zlotys(each.grosze), zlotys(each.running_grosze),
            polish_moment(each.made_at),
        )
        for each in made.select_related("unit")
    ]  # fmt: skip


def ties(application: Application) -> list[tuple[Application, str, str]]:
    """Projects this one touches or excludes: which, how, why."""
    found = Tie.objects.filter(Q(first=application) | Q(second=application)).select_related("first__edition", "second__edition")
    return [
        (each.second if each.first_id == application.pk else each.first, str(Tie.Kind(each.kind).label), each.reason)
        for each in found
    ]
