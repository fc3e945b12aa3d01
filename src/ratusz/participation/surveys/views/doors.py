"""The doors of a survey: a code from a letter, a code for a mailbox or telephone, a declaration, an address in the city."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions import check_code, send_code, through_outbox
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.contact_forms import CodeForm, ContactForm
from ratusz.foundation.people.rules import CodeRefused, TooManyCodes
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.surveys import actions, rules
from ratusz.participation.surveys.forms.asking import BeginForm
from ratusz.participation.surveys.models import Door, Survey
from ratusz.participation.surveys.views.speaking import context_of, in_language

CODES, SALT, GOOD_FOR = "surveys.code", "surveys.contact", 1200
"""Purpose of the codes; what seals a contact within the page; seconds for which the seal is good."""


class LetterForm(forms.Form):
    """The code from a letter."""

    code = forms.CharField(
        label=gettext_lazy("Code from the letter"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DeclarationForm(forms.Form):
    """Where somebody lives, by their word alone."""

    lives_here = forms.BooleanField(label=gettext_lazy("I declare that I live in this city"))


class AddressForm(forms.Form):
    """An address that the city knows; it opens the survey and is not kept."""

    address = forms.CharField(
        label=gettext_lazy("Street and house number"), max_length=160,
        help_text=gettext_lazy("We only check that it is in the city, and do not keep it."),
    )  # fmt: skip

    def clean_address(self) -> str:
        if find_district(address=self.cleaned_data["address"]) is None:
            raise ValidationError(_("We do not find this address in the city. Check the street and the number."))
        return ""


class GuardedDeclaration(BeginForm, DeclarationForm):
    """The same, and machines are kept out."""


class GuardedAddress(BeginForm, AddressForm):
    """The same, and machines are kept out."""


PLAIN: dict[str, type[forms.Form]] = {Door.DECLARATION: DeclarationForm, Door.ADDRESS: AddressForm}
GUARDED: dict[str, type[BeginForm]] = {Door.DECLARATION: GuardedDeclaration, Door.ADDRESS: GuardedAddress}


def lets_in(request: HttpRequest, survey: Survey, *, is_guarded: bool) -> forms.Form:
    """The form that stands before the first question; without fields where nothing is asked."""
    data = request.POST if request.method == "POST" else None
    if is_guarded:
        kind = GUARDED.get(survey.door, BeginForm)
        return kind(data, at=database_now(), line=client_line(request), label_suffix="")
    return PLAIN.get(survey.door, forms.Form)(data, label_suffix="")


@csrf_protect
@private
@sensitive_post_parameters()
@in_language
def door(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    """The code is typed: one from a letter at once, one for a mailbox or telephone after it came."""
    if not rules.needs_code(survey):
        return redirect("answer:start", survey.slug, language)
    return _letter(request, survey, language) if survey.door == Door.TOKEN else _contact(request, survey, language)


def _letter(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    form = LetterForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        if _is_too_much(request, survey):
            form.add_error("code", _("Many codes were typed over this connection. Wait an hour."))
        else:
            try:
                key = actions.enter_with_code(survey=survey, code=form.cleaned_data["code"], language=language)
                return redirect("answer:part", survey.slug, language, key, 1)
            except rules.SurveyRefused as refusal:
                form.add_error("code", str(refusal))
    return render(request, "surveys/door.html", context_of(survey, language, "door") | {"form": form, "step": "letter"})


def _is_too_much(request: HttpRequest, survey: Survey, kind: str = "survey-code") -> bool:
    """Codes typed, or asked for: each of these costs the city a letter or a text message to whatever number is given."""
    key = f"{survey.pk}|{client_line(request)}"
    return not use_up(kind=kind, key=key, most=rules.CODES, within=rules.ANSWERS_WITHIN)


def _contact(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    sealed = _opened(request.POST.get("contact", ""))
    if sealed is not None:
        return _digits(request, survey, language, sealed)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_too_much(request, survey, "survey-contact"):
        form.add_error(None, _("Many codes were asked for over this connection. Wait an hour."))
    elif form.is_valid() and not form.cleaned_data["homepage"]:
        try:
            handle = _send(survey, form.cleaned_data["by"], form.cleaned_data["contact"])
            facts = {"handle": str(handle), "contact": form.cleaned_data["contact"]}
            return _ask_digits(request, survey, language, CodeForm(), signing.dumps(facts, salt=SALT))
        except TooManyCodes:
            form.add_error(None, _("We have sent three codes to this address within an hour. Wait an hour, or call us."))
    return render(request, "surveys/door.html", context_of(survey, language, "door") | {"form": form, "step": "contact"})


def _send(survey: Survey, channel: str, contact: str) -> UUID:
    what = _("Code to answer the survey “%(title)s”.") % {"title": survey.title}
    deliver = through_outbox(channel=channel, what=what)
    return send_code(purpose=CODES, address=contact, bound_to=f"survey:{survey.pk}", deliver=deliver)


def _opened(sealed: str) -> dict[str, str] | None:
    try:
        return signing.loads(sealed, salt=SALT, max_age=GOOD_FOR) if sealed else None
    except signing.BadSignature:
        return None


def _digits(request: HttpRequest, survey: Survey, language: str, sealed: dict[str, str]) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            handle = UUID(sealed["handle"])
            check_code(handle=handle, purpose=CODES, bound_to=f"survey:{survey.pk}", digits=form.cleaned_data["code"])
            key = actions.give_right(survey=survey, contact=sealed["contact"], language=language)
            return redirect("answer:part", survey.slug, language, key, 1)
        except CodeRefused:
            form.add_error("code", _("This code is wrong or its time is over. Check the digits, or ask for a new code."))
        except rules.SurveyRefused as refusal:
            form.add_error(None, str(refusal))
    return _ask_digits(request, survey, language, form, request.POST["contact"])


def _ask_digits(request: HttpRequest, survey: Survey, language: str, form: CodeForm, sealed: str) -> HttpResponse:
    context = context_of(survey, language, "door") | {"form": form, "step": "digits", "sealed": sealed}
    return render(request, "surveys/door.html", context)
