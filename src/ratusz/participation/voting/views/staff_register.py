"""Staff screens of the register of voters: bring a file in, see its faults, take it as the second person; letters with codes."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.words import grouped
from ratusz.foundation.once.sending import once_only
from ratusz.participation.voting import door, papers, residents, rules, wording_of_votes
from ratusz.participation.voting.actions.letters import make_letters
from ratusz.participation.voting.actions.register import bring_register, drop_register, take_register
from ratusz.participation.voting.models import GuardianConsent, RegisterImport, Vote
from ratusz.participation.voting.rules import BANDS, VoteRefused
from ratusz.participation.voting.views.staff_doors import as_pdf, attempt, require_may, vote_for

MOST_BYTES = 60_000_000
BY_PESEL, BY_ADDRESS = "pesel, dzielnica", "imię i nazwisko, adres, data urodzenia, dzielnica"


class RegisterFileForm(forms.Form):
    """The file of residents."""

    file = forms.FileField(label=gettext_lazy("File, CSV or XLSX"))

    def clean_file(self) -> Any:
        """Of a size that can be read at once."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large: 60 MB at most. Divide it, for example by districts."))
        return file


class LettersForm(RegisterFileForm):
    """The file with names and addresses, and how letters go."""

    by_household = forms.BooleanField(label=gettext_lazy("One letter for all people of one address"), required=False)
    again = forms.BooleanField(
        label=gettext_lazy("Make new codes also for people who have a letter: the old codes stop working"), required=False
    )


def content_of(file: UploadedFile) -> bytes:
    """The whole file; what Django laid down of it for the time of the upload is deleted at once."""
    try:
        return file.read()
    finally:
        file.close()


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people the register holds, files that wait, forms for a file and for letters."""
    vote = vote_for(request, pk, "see_register")
    return render(request, "voting/staff/register.html", _context(request, vote))


def _context(request: HttpRequest, vote: Vote, **forms_given: Any) -> dict[str, Any]:
    at = database_now()
    brought = vote.register_imports.select_related("brought_by", "decided_by")
    batches = vote.letter_batches.select_related("made_by")
    return {
        "vote": vote, "table": _table(vote), "people": grouped(vote.register.count()),
        "declared": vote.declarations.filter(state="open").count(),
        "imports": [{"brought": each, "when": polish_moment(each.brought_at), "faults": sum(each.fault_counts.values())}
                    for each in brought[:30]],
        "batches": [{"batch": each, "when": polish_moment(each.made_at)} for each in batches[:30]],
        "columns": BY_PESEL if residents.is_known_by_pesel(vote.identity) else BY_ADDRESS,
        "may_bring": rules.may(request.user, "bring_register", vote, at),
        "may_print": rules.may(request.user, "make_letters", vote, at),
        "form": forms_given.get("form") or RegisterFileForm(), "letters": forms_given.get("letters") or LettersForm(prefix="listy"),
        "guardians": _busy_guardians(vote), "full_lines": door.full_lines(at),
    }  # fmt: skip


def _busy_guardians(vote: Vote) -> int:
    """How many guardians said yes for more children than families have: somebody looks at it."""
    uses = GuardianConsent.objects.filter(vote=vote).values("guardian_key").annotate(children=Count("pk"))
    return uses.filter(children__gt=rules.MOST_CHILDREN).count()


def _table(vote: Vote) -> list[dict[str, Any]]:
    """People per district and age band."""
    counted = vote.register.values_list("district", "age_band").annotate(number=Count("pk"))
    numbers = Counter({(district, band): number for district, band, number in counted})
    bands = [band for _end, band in BANDS] + ["75+"]
    names = dict(vote.edition.pools.filter(place="district").order_by("position").values_list("code", "name"))
    districts = [*names, *sorted({district for district, _band in numbers} - set(names))]
    rows = [{"name": names.get(each, each), "cells": [grouped(numbers[each, band]) for band in bands],
             "sum": grouped(sum(numbers[each, band] for band in bands))} for each in districts]  # fmt: skip
    return [{"heading": bands}, *rows]


@once_only
@sensitive_post_parameters()
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads a file; what is in it waits for a second person."""
    vote = vote_for(request, pk, "bring_register")
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = content_of(form.cleaned_data["file"])
        try:
            brought = bring_register(vote=vote, content=content, person=request.user)
        except VoteRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("voting_register_file", brought.pk)
    return render(request, "voting/staff/register.html", _context(request, vote, form=form), status=422 if form.errors else 200)


def brought_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file holds: rows to take, rows with faults by their numbers; take it or drop it."""
    require_may(request, "see_register")
    brought = get_object_or_404(RegisterImport.objects.select_related("vote__edition", "brought_by", "decided_by"), pk=pk)
    if request.method == "POST":
        if request.POST.get("deed") == "take":
            attempt(request, lambda: take_register(brought=brought, person=request.user), _("The file is in the register."))
        elif request.POST.get("deed") == "drop":
            attempt(
                request, lambda: drop_register(brought=brought, person=request.user), _("The file is dropped; nothing of it stays.")
            )
        return redirect("voting_register_file", pk)
    at = database_now()
    context = {
        "brought": brought, "vote": brought.vote, "when": polish_moment(brought.brought_at),
        "rows": grouped(brought.rows), "good": grouped(brought.good),
        "kinds": [(wording_of_votes.ROW_FAULTS[kind], grouped(number)) for kind, number in sorted(brought.fault_counts.items())],
        "faults": [(row, wording_of_votes.ROW_FAULTS[kind]) for row, kind in brought.faults],
        "more": max(0, sum(brought.fault_counts.values()) - len(brought.faults)),
        "is_mine": brought.brought_by_id == request.user.pk,
        "known": brought.vote.register.filter(voter_key__in=brought.lines.values("voter_key")).count(),
        "may_take": rules.may(request.user, "take_register", brought.vote, at),
        "waits": brought.state == RegisterImport.State.WAITING,
    }  # fmt: skip
    return render(request, "voting/staff/register_file.html", context)


@once_only
@sensitive_post_parameters()
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters with codes as one PDF, made in this answer and kept nowhere."""
    vote = vote_for(request, pk, "make_letters")
    form = LettersForm(request.POST or None, request.FILES or None, prefix="listy")
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("by_household", "again")}
        try:
            made = make_letters(vote=vote, content=content_of(form.cleaned_data["file"]), person=request.user, **facts)
        except VoteRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            words = _(
                "Letters: %(letters)s. Left out: people who are not in the register %(unknown)s, rows with faults %(faults)s."
            )
            messages.success(request, words % {"letters": made.batch.letters, "unknown": made.unknown, "faults": made.faults})
            return as_pdf(papers.pdf_of_letters(vote, made.letters), f"listy-{vote.edition.slug}-{made.batch.pk}.pdf")
    return render(request, "voting/staff/register.html", _context(request, vote, letters=form), status=422 if form.errors else 200)
