"""What public pages show of a consultation, as plain values: only what everybody may read is touched here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.dates import local_day, polish_date, polish_range
from ratusz.participation.consultations import registries, rules, wording
from ratusz.participation.consultations.models import Consultation, Form, Notice, Opinion
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.content import rules_from
from ratusz.ui.parts import Fact, Stage


def row(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """One consultation on a list."""
    badge = rules.badge_of(consultation, local_day(at))
    first, last = consultation.starts_on, consultation.ends_on
    return {
        "consultation": consultation, "title": consultation.title, "url": consultation.get_absolute_url(), "badge": badge,
        "label": str(consultation.get_label_display()), "days": polish_range(first, last) if first and last else "",
        "areas": ", ".join(area.name for area in consultation.areas.all()), "unit": str(consultation.owner_unit or ""),
        "summary": consultation.summary, "number": consultation.number or "",
    }  # fmt: skip


def facts(consultation: Consultation) -> list[Fact]:
    """Days, where, who answers, on what ground; whom it concerns stands in a part of its own with the scope."""
    found = []
    if consultation.starts_on and consultation.ends_on:
        found.append(Fact(_("From when until when"), polish_range(consultation.starts_on, consultation.ends_on)))
    found.append(Fact(_("Where"), ", ".join(area.name for area in consultation.areas.all()) or _("the whole city")))
    found.append(Fact(_("Unit that answers"), str(consultation.owner_unit)))
    if consultation.contact:
        found.append(Fact(_("Contact"), consultation.contact))
    if consultation.is_formal:
        found.append(Fact(_("Mode"), ", ".join(wording.mode_names(consultation.modes))))
    if consultation.order_number and consultation.ordered_on:
        words = _("%(number)s of %(day)s")
        facts_of = {"number": consultation.order_number, "day": polish_date(consultation.ordered_on)}
        found.append(Fact(_("Ordinance"), words % facts_of))
    if consultation.number:
        found.append(Fact(_("Number"), consultation.number))
    return found


@dataclass(frozen=True)
class ShownForm:
    """One way to take part."""

    title: str
    kind: str
    when: str
    place: str
    accessibility: str
    url: str
    note: str
    is_cancelled: bool
    said: list[tuple[str, str]]
    about: str = ""


TOLD_TO_PEOPLE = ("without_guardian",)
"""Duties of modes that are a right of whoever takes part."""


def people_know(consultation: Consultation) -> list[str]:
    """What the modes give to everybody who takes part, in words."""
    duties = rules_from(consultation.rules).duties
    return [each.words for each in duties if each.code in TOLD_TO_PEOPLE]


def forms(consultation: Consultation, at: datetime) -> list[ShownForm]:
    """All ways to take part with the same weight, those with a day in its order, cancelled ones with their reason."""
    rows = sorted(consultation.forms.all(), key=lambda form: (form.position, form.starts_at is not None, form.starts_at or at))
    return [_form(form, at) for form in rows]


def _form(form: Form, at: datetime) -> ShownForm:
    kind = registries.kind_of(form)
    is_open = form.cancelled_at is None and not form.consultation.cancelled_at
    note = form.cancel_reason if form.cancelled_at else form.result_summary
    return ShownForm(
        form.title, wording.kind_name(form), wording.form_when(form), form.place, form.accessibility,
        kind.take_part_url(form, at) if kind and is_open else "", note, form.cancelled_at is not None,
        wording.said_of(form, only_public=True), wording.kind_about(form),
    )  # fmt: skip


@dataclass(frozen=True)
class ShownNotice:
    """One notice with its evidence."""

    channel: str
    occasion: str
    day: str
    place: str
    url: str
    file_url: str
    sha256: str


def notices(consultation: Consultation) -> list[ShownNotice]:
    """Notices that count, in the order they went out."""
    told = [each for each in consultation.notices.all() if each.withdrawn_at is None]
    return [_notice(each, consultation) for each in told]


def _notice(each: Notice, consultation: Consultation) -> ShownNotice:
    is_there = each.file is not None and each.file.state == FileState.CLEAN
    return ShownNotice(
        terms.channel_name(each.channel, each.published_on), str(each.get_occasion_display()), polish_date(each.published_on),
        each.place, each.url if not each.is_made else "",
        reverse("consultations:evidence", args=[consultation.slug, each.pk]) if is_there else "", each.sha256,
    )  # fmt: skip


def opinions(consultation: Consultation, at: datetime) -> list[dict[str, str]]:
    """Bodies that were asked and what they said; silence after the day is told as such."""
    return [_opinion(each, at) for each in consultation.opinions.all() if each.taken_back_at is None]


def _opinion(each: Opinion, at: datetime) -> dict[str, str]:
    if each.answered_on:
        said = f"{each.get_stance_display()} ({polish_date(each.answered_on)})"
    elif each.is_waived(local_day(at)):
        said = _("no answer by %(day)s: it counts as no remarks") % {"day": polish_date(each.due_on)}
    else:
        said = _("answer awaited until %(day)s") % {"day": polish_date(each.due_on)}
    return {"body": each.body, "said": said, "text": each.text}


def stages(consultation: Consultation, at: datetime) -> list[Stage]:
    """The line of dated stages with today marked."""
    day = local_day(at)
    now, first, last = rules.stage_of(consultation, day), consultation.starts_on, consultation.ends_on
    made = []
    if consultation.announced_at:
        made.append(Stage(_("Announced"), polish_date(consultation.announced_at), "now" if now == "announced" else "past"))
    if first and last:
        where = "now" if now == "running" else "past" if consultation.has_ended(day) else "ahead"
        share = (day - first).days / max((last - first).days, 1)
        made.append(Stage(_("People take part"), polish_range(first, last), where, _left(last, day), share))
    if consultation.cancelled_at:
        made.append(Stage(_("Cancelled"), polish_date(consultation.cancelled_at), "now" if now == "cancelled" else "past"))
    return [*made, *([_report_stage(consultation, now, day)] if consultation.is_formal else [])]


def _left(last: date, day: date) -> str:
    days = (last - day).days
    return ngettext("%(count)s more day", "%(count)s more days", days) % {"count": days} if days > 0 else _("the last day")


def _report_stage(consultation: Consultation, now: str, day: date) -> Stage:
    if consultation.reported_at:
        return Stage(_("Report"), polish_date(consultation.reported_at), "past")
    due, badge = consultation.report_day, rules.report_badge(consultation, day)
    dates = _("by %(day)s") % {"day": polish_date(due)} if due else ""
    return Stage(_("Report"), dates, "now" if now in ("report_due", "overdue") else "ahead", badge.words if badge else "")


def course(consultation: Consultation) -> list[dict[str, str]]:
    """What happened, in order: announced, extended, cancelled, reported, closed."""
    happened: list[tuple[datetime, str]] = []
    for when, words in (
        (consultation.announced_at, _("announced")),
        (consultation.cancelled_at, _("cancelled: %(reason)s") % {"reason": consultation.cancel_reason}),
        (consultation.reported_at, _("report published")), (consultation.archived_at, _("closed and archived")),
    ):  # fmt: skip
        if when is not None:
            happened.append((when, words))
    for each in consultation.extensions.all():
        words = _("extended from %(was)s to %(now)s: %(reason)s")
        told = {"was": polish_date(each.was_ends_on), "now": polish_date(each.ends_on), "reason": each.reason}
        happened.append((each.extended_at, words % told))
    return [{"day": polish_date(when), "what": words} for when, words in sorted(happened)]


def parts(consultation: Consultation, request: HttpRequest, at: datetime) -> list[SafeString]:
    """Parts that other modules bring to the public page, drawn, in order."""
    return drawn((part(consultation, at) for part in registries.public_parts), request)


def drawn(parts: Iterable[registries.Part | None], request: HttpRequest) -> list[SafeString]:
    """Each part by its own template, which sees its own words and the request alone."""
    found = sorted((part for part in parts if part is not None), key=lambda part: part.order)
    return [render_to_string(part.template, {**part.context, "part": part.context}, request) for part in found]
