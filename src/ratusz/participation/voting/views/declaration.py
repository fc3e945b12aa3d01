"""The online declaration of somebody who lives in the city and is in no register. The answer is the same for everybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import OLDEST_AGE
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import door, residents
from ratusz.participation.voting.actions.declarations import declare
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.ballot import context_of, in_language, vote_of
from ratusz.participation.voting.views.codes import MANY, ContactField
from ratusz.participation.voting.views.pesel_identity import PeselField


class DeclarationForm(forms.Form):
    """What somebody says of themselves, in the Office's form and at a point alike."""

    name = forms.CharField(label=gettext_lazy("First name and surname"), max_length=120)
    street = forms.CharField(
        label=gettext_lazy("Street, house and flat"), max_length=160,
        help_text=gettext_lazy("Where you live. You need not be registered there."),
    )  # fmt: skip
    district = forms.ChoiceField(label=gettext_lazy("District"))
    born = forms.DateField(
        label=gettext_lazy("Date of birth"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip
    pesel = PeselField(
        label=gettext_lazy("PESEL, if you have one"), required=False,
        help_text=gettext_lazy("It keeps one person from voting twice. We make a keyed digest of it at once and keep no number."),
    )  # fmt: skip
    grounds = forms.CharField(
        label=gettext_lazy("What ties you to the city"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("For example: I rent a flat and work here, my children go to school here. No numbers of documents."),
    )  # fmt: skip
    contact = ContactField(
        label=gettext_lazy("Telephone number or e-mail for the answer"),
        help_text=gettext_lazy("We send the decision there, and the number and code you vote with."),
    )  # fmt: skip
    true = forms.BooleanField(
        label=gettext_lazy("I live in this city and what I write here is true."),
        error_messages={"required": gettext_lazy("Without this sentence the declaration is none.")},
    )

    def __init__(self, *args: Any, vote: Vote, **facts: Any):
        super().__init__(*args, **facts)
        self.vote = vote
        pools = vote.edition.pools.filter(place="district").order_by("position")
        self.fields["district"].choices = [("", _("Choose")), *((pool.code, pool.name) for pool in pools)]  # type: ignore[attr-defined]

    def clean_born(self) -> Any:
        """A day on which somebody alive was born."""
        born, today = self.cleaned_data["born"], local_day(database_now())
        if not today.year - OLDEST_AGE <= born.year or born > today:
            raise forms.ValidationError(_("Check the date of birth."))
        return born

    def clean(self) -> Any:
        """The number and the day do not contradict each other."""
        given = super().clean() or self.cleaned_data
        pesel = given.get("pesel")
        if pesel and given.get("born") and pesel.birth_date != given["born"]:
            self.add_error("born", _("The PESEL says another date of birth."))
        return given

    def voter_key(self) -> bytes:
        """By what the person is known on every channel."""
        given = self.cleaned_data
        if given["pesel"]:
            return residents.key_by_pesel(self.vote.pk, given["pesel"])
        return residents.key_by_address(self.vote.pk, given["name"], given["street"], given["born"].year)

    def facts(self) -> dict[str, Any]:
        """What is written down; the day of birth becomes an age band."""
        given, day = self.cleaned_data, local_day(self.vote.opens_at)
        below = rules_of(self.vote.edition).value("who.guardian_below")
        return {name: given[name] for name in ("name", "street", "contact", "grounds", "district")} | {
            "has_pesel": bool(given["pesel"]), "age_band": residents.band_on(given["born"], day),
            "needs_guardian": residents.needs_guardian(given["born"], day, below),
        }  # fmt: skip


def first_page(vote: Any, language: str) -> str:
    """Where this way begins."""
    return reverse("ballot:declaration", args=[vote.edition.slug, language])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def declaration(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """The form; a declaration that is in already gets the same answer as a new one."""
    vote = vote_of(edition_slug)
    if not door.asks_register(vote):
        return redirect("ballot:start", edition_slug, language)
    is_open = vote.state in (Vote.State.PREPARED, Vote.State.OPEN) and database_now() < vote.closes_at
    context = context_of(vote, language, "declaration") | {"is_open": is_open}
    form = DeclarationForm(request.POST if request.method == "POST" else None, vote=vote)
    if is_open and form.is_valid():
        if not door.line_may_try(request, vote, kind="declaration"):
            form.add_error(None, MANY)
        else:
            try:
                declare(vote=vote, voter_key=form.voter_key(), language=language, **form.facts())
            except VoteRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return render(request, "voting/declared.html", context)
    status = 422 if form.errors else 200
    return render(request, "voting/declaration.html", context | {"form": form}, status=status)
