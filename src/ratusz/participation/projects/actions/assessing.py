"""The substantive assessment: units asked side by side, each with its card and estimate, then one decision with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects import rules
from ratusz.participation.projects.actions.balloting import keep_exclusion
from ratusz.participation.projects.actions.checking import write_marks
from ratusz.participation.projects.actions.drafts import locked
from ratusz.participation.projects.actions.land import check_land_is_fit
from ratusz.participation.projects.actions.steps import take_step, write_to_author
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.models import Application, Call, Estimate, Mark, Opinion, Stage, State, Tie
from ratusz.publishing.website.actions import bump_content_version


@transaction.atomic
def ask_unit(*, application: Application, unit: Unit, is_leading: bool, person: Any) -> Opinion:
    """Asks a unit for its opinion; one of them would carry the project out. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    rules.check_may(person, "ask_unit", application, now)
    rules.check_state(application, State.FORMAL_YES)
    if application.opinions.filter(unit=unit).exists():
        raise rules.ApplicationRefused(_("This unit is asked already."))
    if is_leading and application.opinions.filter(is_leading=True).exists():
        raise rules.ApplicationRefused(_("Another unit would carry it out already."))
    opinion = Opinion.objects.create(application=application, unit=unit, is_leading=is_leading, asked_at=now)
    _start_clock(application, opinion)
    record(deed="projects.ask_unit", subject=opinion, after={"unit": unit.short_name, "leading": is_leading}, actor=person)
    return opinion


def _start_clock(application: Application, opinion: Opinion) -> None:
    clock = start_clock(
        rule="project.opinion", subject=f"projects.opinion:{opinion.pk}", label=application.number, unit=opinion.unit,
        url=reverse("projects_project", args=[application.pk]), started_at=database_now(),
    )  # fmt: skip
    opinion.due_at = clock.due_at
    opinion.save(update_fields=["due_at"])


@transaction.atomic
def take_question_back(*, opinion: Opinion, person: Any) -> None:
    """A unit that was asked by mistake need not answer; a given opinion stays. Raises NotYours, ApplicationRefused."""
    application = locked(opinion.application)
    rules.check_may(person, "ask_unit", application, database_now())
    rules.check_state(application, State.FORMAL_YES)
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("unit").get(pk=opinion.pk)
    if opinion.given_at:
        raise rules.ApplicationRefused(_("This opinion is given already."))
    close_questions(application, only=opinion)
    application.marks.filter(stage=Stage.SUBSTANTIVE, unit=opinion.unit).delete()
    record(deed="projects.take_question_back", subject=opinion, before={"unit": opinion.unit.short_name}, actor=person)
    opinion.delete()


def close_questions(application: Application, *, only: Opinion | None = None) -> None:
    """Stops the clocks of units that need not answer any more. Within the caller's transaction and lock."""
    waiting = application.opinions.filter(given_at=None)
    for opinion in waiting.filter(pk=only.pk) if only else waiting:
        stop_clock(rule="project.opinion", subject=f"projects.opinion:{opinion.pk}", event="closed")


@transaction.atomic
def give_opinion(
    *,
    opinion: Opinion,
    says: str,
    reasons: str,
    answers: Mapping[str, tuple[str, str]],
    cost: int | None,
    running: int | None,
    person: Any,
) -> Opinion:
    """A unit's verifier fills the card and says yes or no; the leading unit estimates. Raises NotYours, ApplicationRefused."""
    application = locked(opinion.application)
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("unit").get(pk=opinion.pk)
    now = database_now()
    if not rules.may_give_opinion(person, opinion, now):
        raise rules.NotYours
    rules.check_state(application, State.FORMAL_YES)
    if opinion.given_at:
        raise rules.ApplicationRefused(_("This opinion is given already."))
    _check_opinion(opinion, says, reasons, answers, cost, running)
    write_marks(application, Stage.SUBSTANTIVE, opinion.unit, answers, person)
    opinion.says, opinion.reasons, opinion.given_at, opinion.given_by = says, reasons.strip(), now, person
    opinion.cost_grosze, opinion.running_grosze = cost, running
    opinion.save()
    if cost is not None:
        Estimate.objects.create(
            application=application,
            unit=opinion.unit,
            grosze=cost,
            running_grosze=running or 0,
            reason=reasons.strip()[:500],
            made_at=now,
        )
    stop_clock(rule="project.opinion", subject=f"projects.opinion:{opinion.pk}", event="given", at=now)
    record(deed="projects.give_opinion", subject=opinion, after={"says": says, "cost_grosze": cost}, actor=person)
    return opinion


def _check_opinion(
    opinion: Opinion, says: str, reasons: str, answers: Mapping[str, tuple[str, str]], cost: int | None, running: int | None
) -> None:
    if says not in Opinion.Says.values:
        raise rules.ApplicationRefused(_("Say whether the opinion is positive or negative."))
    if missing := [each.words for each in criteria(Stage.SUBSTANTIVE) if answers.get(each.code, ("",))[0] not in Mark.Says.values]:
        raise rules.ApplicationRefused(_("Answer each criterion: %(criteria)s.") % {"criteria": "; ".join(missing)})
    is_bad = any(answer == Mark.Says.NO for answer, _reason in answers.values())
    if is_bad and says == Opinion.Says.YES:
        raise rules.ApplicationRefused(_("A criterion is not met, so the opinion cannot be positive."))
    if says == Opinion.Says.NO and not (reasons.strip() and is_bad):
        raise rules.ApplicationRefused(_("A negative opinion names the criterion that is not met, and its reasons."))
    if opinion.is_leading and (cost is None or running is None):
        raise rules.ApplicationRefused(_("The unit that would carry it out gives the cost and the running cost."))


@transaction.atomic
def decide_substantive(*, application: Application, is_positive: bool, reasons: str, person: Any) -> Application:
    """Closes the assessment when every asked unit said its word; a refusal only after the author could reply, and by two people.

    The cost of the leading unit becomes the cost on the ballot. Raises NotYours, ApplicationRefused.
    """
    application = locked(application)
    rules.check_may(person, "decide", application, database_now())
    rules.check_state(application, State.FORMAL_YES)
    opinions = list(application.opinions.all())
    leading = next((each for each in opinions if each.is_leading), None)
    if leading is None or any(each.given_at is None for each in opinions):
        raise rules.ApplicationRefused(_("Some unit has not given its opinion yet, or none would carry the project out."))
    if is_positive:
        _check_positive(application, opinions, leading)
        application.checked_grosze, application.checked_running_grosze = leading.cost_grosze, leading.running_grosze
        take_step(application, State.POSITIVE, deed="projects.decide_substantive", reason=reasons.strip(), person=person)
        write_to_author(application, "positive", {"reasons": reasons.strip()}, dedup="substantive")
        return application
    if not reasons.strip():
        raise rules.ApplicationRefused(_("Write the reasons: they stand on the list and in the letter."))
    intention = application.calls.filter(kind=Call.Kind.REPLY).last()
    if intention is None:
        raise rules.ApplicationRefused(_("Before a refusal the author may reply: send the intention to refuse first."))
    if intention.sent_by_id == person.pk:
        raise rules.ApplicationRefused(_("Another person than the one who sent the intention to refuse decides."))
    intention.refused_by = person
    intention.save(update_fields=["refused_by"])
    take_step(application, State.NEGATIVE, deed="projects.decide_substantive", reason=reasons.strip(), person=person)
    write_to_author(application, "negative", {"reasons": reasons.strip()}, dedup="substantive")
    return application


def _check_positive(application: Application, opinions: list[Opinion], leading: Opinion) -> None:
    if any(each.says == Opinion.Says.NO for each in opinions):
        raise rules.ApplicationRefused(_("A unit is against. Ask it to give a new opinion, or refuse with its reasons."))
    check_land_is_fit(application)
    most = rules.most_of(application)
    if (leading.cost_grosze or 0) > most:
        raise rules.ApplicationRefused(_("By the unit it costs more than a project of this pool may."))


@transaction.atomic
def reopen_opinion(*, opinion: Opinion, person: Any) -> Opinion:
    """The author's reply or a changed project: the unit says its word again; its earlier estimate stays in the history."""
    application = locked(opinion.application)
    rules.check_may(person, "ask_unit", application, database_now())
    rules.check_state(application, State.FORMAL_YES)
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("unit").get(pk=opinion.pk)
    before = {"says": opinion.says, "reasons": opinion.reasons, "cost_grosze": opinion.cost_grosze}
    opinion.says, opinion.given_at, opinion.given_by = "", None, None
    opinion.save()
    _start_clock(application, opinion)
    record(deed="projects.reopen_opinion", subject=opinion, before=before, actor=person)
    return opinion


@transaction.atomic
def tie_projects(*, one: Application, other: Application, kind: str, reason: str, person: Any) -> Tie:
    """Says that two projects touch or exclude one another. Raises NotYours, ApplicationRefused."""
    rules.check_may(person, "ask_unit", one, database_now())
    if one.pk == other.pk or one.edition_id != other.edition_id:
        raise rules.ApplicationRefused(_("Choose another project of the same edition."))
    if not reason.strip():
        raise rules.ApplicationRefused(_("Write in a few words why."))
    first, second = sorted((one, other), key=lambda each: each.pk)
    told = {"kind": kind, "reason": reason.strip()[:500], "made_at": database_now()}
    tie, _is_new = Tie.objects.update_or_create(first=first, second=second, defaults=told)
    keep_exclusion(tie, person)
    bump_content_version()
    record(deed="projects.tie_projects", subject=one, after={"with": other.number, "kind": kind}, actor=person)
    return tie
