"""Screens of series: the list, the template, the table of instances, their papers."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_range
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.kit.plain_numbers import row_of
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.forms import NoticeForm
from ratusz.participation.consultations.models import Consultation, Series, SeriesInstance
from ratusz.participation.consultations.registries import series_papers
from ratusz.participation.consultations.rules import ConsultationRefused
from ratusz.participation.consultations.rules import NotYours as NotOurs
from ratusz.participation.consultations.series import actions, launching, queries, rules
from ratusz.participation.consultations.series.forms import InstancesForm, SeriesForm, initial_of

press = partial(buttons.press, refused=rules.SeriesRefused, not_yours=rules.NotYours)


def _check(request: HttpRequest, deed: str) -> datetime:
    at = database_now()
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied
    return at


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """All series with their numbers."""
    at = _check(request, "see")
    context = {"rows": queries.with_numbers()[:200], "may_manage": rules.may(request.user, "manage", None, at)}
    return render(request, "consultations/series/list.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new template, or one that is mended: once, for every instance that follows it."""
    _check(request, "manage")
    found = get_object_or_404(Series, pk=pk) if pk else None
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=initial_of(found) if found else None)
    if form.is_valid():
        try:
            if found is None:
                made = actions.begin_series(facts=form.facts(), person=request.user)
                return redirect("consultation_one_series", made.pk)
            messages.success(request, _mended(actions.mend_template(series=found, facts=form.facts(), person=request.user)))
            return redirect("consultation_one_series", found.pk)
        except rules.SeriesRefused as refusal:
            form.add_error("title", str(refusal))
    return render(request, "consultations/series/edit.html", {"form": form, "series": found})


def _mended(number: int) -> str:
    words = ngettext(
        "The template is saved; %(number)s consultation follows it.",
        "The template is saved; %(number)s consultations follow it.",
        number,
    )
    return words % {"number": number}


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of instances, with what was written by hand in each."""
    at = _check(request, "see")
    found = get_object_or_404(Series, pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = InstancesForm(request.POST if deed == "make" else None)
    if deed == "follow":
        mine = row_of(found.instances, request, "row")
        again = partial(actions.follow_again, instance=mine, person=request.user)
        return press(request, again, _("It follows the template again."), "consultation_one_series", pk)
    if deed == "launch":
        return _launch(request, found)
    if deed == "make" and form.is_valid():
        make = partial(actions.make_instances, series=found, districts=form.chosen(), person=request.user)
        return press(request, make, _("The consultations are made."), "consultation_one_series", pk)
    standings = queries.standings(found, local_day(at))
    context = {
        "series": found,
        "form": form,
        "ready": sum(not each.lacks and each.instance.consultation.announced_at is None for each in standings),
        "rows": [_row(each) for each in standings],
        "may_manage": rules.may(request.user, "manage", found, at),
        "papers": [(name, each.label) for name, each in series_papers.items()],
    }
    return render(request, "consultations/series/show.html", context)


def _launch(request: HttpRequest, series: Series) -> HttpResponse:
    try:
        told = launching.launch_series(series=series, person=request.user)
    except (rules.NotYours, NotOurs) as refusal:
        raise PermissionDenied from refusal
    for title, words in told.refused.items():
        messages.warning(request, f"{title}: {words}")
    said = ngettext("%(count)s consultation is launched.", "%(count)s consultations are launched.", told.count)
    messages.success(request, said % {"count": told.count})
    return redirect("consultation_one_series", series.pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice with its evidence for every consultation of the series."""
    at = _check(request, "manage")
    found = get_object_or_404(Series, pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NoticeForm(*sent, consultation=Consultation(), day=local_day(at), initial={"published_on": local_day(at)})
    del form.fields["occasion"]
    if form.is_valid():
        try:
            count = launching.add_series_notice(series=found, person=request.user, **form.cleaned_data)
        except (rules.NotYours, NotOurs) as refusal:
            raise PermissionDenied from refusal
        except ConsultationRefused as refusal:
            form.add_error(None, str(refusal))
        except FileRefused as refusal:
            form.add_error("evidence", " ".join(refusal.messages))
        else:
            said = ngettext("The notice stands in %(count)s consultation.", "The notice stands in %(count)s consultations.", count)
            messages.success(request, said % {"count": count})
            return redirect("consultation_one_series", pk)
    return render(request, "consultations/series/notice.html", {"form": form, "series": found})


def _row(standing: queries.Standing) -> dict[str, Any]:
    consultation = standing.instance.consultation
    days = polish_range(consultation.starts_on, consultation.ends_on) if consultation.starts_on and consultation.ends_on else ""
    names = [str(consultation._meta.get_field(name).verbose_name) for name in standing.by_hand]
    return {
        "instance": standing.instance,
        "consultation": consultation,
        "days": days,
        "by_hand": names,
        "lacks": standing.lacks,
        "state": _state(consultation),
    }


def _state(consultation: Any) -> str:
    if consultation.reported_at:
        return _("report published")
    return _("announced") if consultation.announced_at else _("plan")


@require_safe
def paper(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A paper of the whole series, made by whoever registered it: all reports in a ZIP, the combined report."""
    at = _check(request, "see")
    found = get_object_or_404(Series, pk=pk)
    if name not in series_papers:
        raise Http404
    kind = series_papers[name]
    rows = SeriesInstance.objects.filter(series=found).select_related("consultation").order_by("district__sort_key")
    try:
        content = kind.make(found.title, [each.consultation for each in rows], at)
    except ValueError as refusal:
        messages.error(request, str(refusal))
        return redirect("consultation_one_series", pk)
    return made_file(content, kind.media_type, kind.file_name)
