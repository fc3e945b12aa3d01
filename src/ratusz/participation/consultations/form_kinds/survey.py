"""Surveys and geo-surveys as forms of a consultation: made with the plan, open on its days, counted in its report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from ratusz.casework.documents.registries import Paper
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.registries import Count, FormKind, Gap, by_number, change_listeners, form_kinds, thing_of
from ratusz.participation.consultations.scope.queries import Scope
from ratusz.participation.surveys import actions, papers, queries, rules
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.results.heard import comparisons
from ratusz.participation.surveys.results.papers import blocks_of as results_of
from ratusz.participation.surveys.results.papers import heard_blocks as heard_in
from ratusz.participation.surveys.results.weighted import by_population

KINDS = ("survey", "geo_survey")
KEY = "surveys.survey:"


def survey_of(form: Form) -> Survey | None:
    """The survey behind a form; None before it is made."""
    return thing_of(form, lambda: behind([form]).get(form.pk))


def behind(forms: Sequence[Form]) -> dict[int, Survey]:
    """Surveys of these forms by the form's number."""
    return by_number(forms, KEY, Survey.objects.select_related("unit"))


def prepare(form: Form, person: Any) -> str:
    """Makes the survey, open on the days of the form or of the consultation; a geo-survey begins with the library's places."""
    consultation = form.consultation
    unit = consultation.owner_unit or Unit.objects.the_department()
    if unit is None:
        raise rules.SurveyRefused(_("Choose the unit that answers in substance first."))
    survey = actions.make_survey(
        title=form.title, slug=f"{consultation.slug[:100]}-{form.pk}", unit=unit, person=person,
        ready="miejsca" if form.kind == "geo_survey" else "", subject=f"consultations.form:{form.pk}",
    )  # fmt: skip
    opens, closes = days_of(form)
    if opens and closes:
        actions.save_survey(survey=survey, facts={"opens_at": opens, "closes_at": closes}, person=person)
    return f"{KEY}{survey.pk}"


def days_of(form: Form) -> tuple[datetime | None, datetime | None]:
    """When the form is open: its own days, or those of the consultation."""
    first = form.consultation.starts_on
    opens = form.starts_at or (make_aware(datetime.combine(first, time.min)) if first else None)
    return opens, form.ends_at or form.consultation.ends_at


def take_part_url(form: Form, at: datetime) -> str:
    """Its page while it takes answers."""
    survey = survey_of(form)
    return survey.get_absolute_url() if survey is not None and survey.takes_answers(at) else ""


def staff_url(form: Form) -> str:
    """Where the survey is written and watched."""
    survey = survey_of(form)
    return reverse("surveys_survey", args=[survey.pk]) if survey is not None else reverse("surveys_list")


def counts(form: Form) -> list[Count]:
    """Answers by channel; paper cards that were rejected stand with their reasons."""
    survey = survey_of(form)
    if survey is None:
        return []
    valid, invalid = queries.counts_by_channel(survey), dict(queries.rejected_by_reason(survey))
    rejected = {"paper": invalid}
    channels = sorted({*valid, *(["paper"] if invalid else [])})
    return [
        Count(
            channel, received=valid.get(channel, 0) + sum(rejected.get(channel, {}).values()), valid=valid.get(channel, 0),
            invalid=rejected.get(channel, {}),
        )
        for channel in channels
    ]  # fmt: skip


def gaps(form: Form, at: datetime) -> Iterator[Gap]:
    """No survey, one that was never published or still goes on, paper cards that nobody typed."""
    survey = survey_of(form)
    if survey is None or survey.published_at is None:
        yield Gap("survey.published", _("Survey “%(title)s” was not published") % {"title": form.title}, staff_url(form))
    elif not survey.is_over(at):
        yield Gap("survey.open", _("Survey “%(title)s” still goes on") % {"title": form.title}, staff_url(form))
    elif left := sum(each.left for each in queries.paper_of(survey)):
        words = _("Survey “%(title)s”: paper cards not typed yet: %(count)s") % {"title": form.title, "count": left}
        yield Gap("survey.cards", words, reverse("surveys_paper", args=[survey.pk]))


def report_blocks(form: Form, at: datetime) -> list[Any]:
    """Tables of its results with the note on who answered; nothing before it was published."""
    survey = survey_of(form)
    return results_of(survey) if survey is not None and survey.published_at is not None else []


def heard_blocks(consultation: Consultation, at: datetime) -> list[Any]:
    """Whom its surveys heard among those asked, by district, age and sex, beside who lives there; weighted results too."""
    blocks: list[Any] = []
    asked = [cover.district.number for cover in Scope(consultation.areas.all()).reached()]
    for form in consultation.forms.filter(kind__in=KINDS, cancelled_at=None).order_by("pk"):
        survey = survey_of(form)
        if survey is not None and (found := comparisons(survey, at, asked or None)):
            blocks += heard_in(survey, found, by_population(survey, at, asked or None))
    return blocks


def paper(form: Form, at: datetime) -> Paper | None:
    """The paper twin of the questions in force; None before the publishing."""
    survey = survey_of(form)
    if survey is None or survey.published_at is None:
        return None
    version = queries.version_in_force(survey)
    made_at = version.published_at or at
    content = pdf_of_document(papers.paper_of(version))
    return Paper(f"ankieta-{survey.slug}.pdf", survey.title, "application/pdf", content, made_at, is_public=True)


def hear(consultation: Consultation, event: str) -> None:
    """An extension moves the end of its surveys along; a cancelled consultation closes them with its reason."""
    if event not in ("extended", "cancelled"):
        return
    for form in consultation.forms.filter(kind__in=KINDS, cancelled_at=None):
        survey = survey_of(form)
        if survey is None:
            continue
        if event == "cancelled":
            actions.close_with(survey=survey, reason=consultation.cancel_reason)
        elif form.ends_at is None and consultation.ends_on is not None:
            actions.follow_end(survey=survey, closes_at=end_of_day(consultation.ends_on))


def register() -> None:
    """Fills the registries of consultations."""
    kind = FormKind(
        take_part_url=take_part_url, staff_url=staff_url, counts=counts, prepare=prepare, paper=paper, gaps=gaps,
        report_blocks=report_blocks, behind=behind,
    )  # fmt: skip
    for code in KINDS:
        form_kinds.register(code, kind)
    change_listeners.register("surveys", hear)
