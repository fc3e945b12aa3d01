"""Staff pages of rights to a picture: its passport with consents, where it is used, and what a withdrawn consent leaves to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.files.actions import read_file
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.website.models import ImageConsent, ImagePassport, PortalImage, WithdrawalTask
from ratusz.publishing.website.passports import actions, rules
from ratusz.publishing.website.passports.forms import ConsentForm, PassportForm, WithdrawalForm, initial_of
from ratusz.publishing.website.passports.queries import passport_of
from ratusz.publishing.website.passports.uses import uses_of
from ratusz.publishing.website.registries import words_of_outlet


@require_http_methods(["GET", "HEAD", "POST"])
def passport(request: HttpRequest, pk: int) -> HttpResponse:
    """The passport of a picture: read, filled in, changed."""
    image = _image(request, pk)
    found = passport_of(image)
    form = PassportForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _write(request, image, form)):
        messages.success(request, _("The passport is saved."))
        return redirect("website_passport", pk)
    return render(request, "website/staff/passport.html", _context(request, image, form=form), status=400 if form.errors else 200)


def _write(request: HttpRequest, image: PortalImage, form: PassportForm) -> None:
    actions.write_passport(image=image, person=request.user, **form.passport())


@once_only
@require_POST
def add_consent(request: HttpRequest, pk: int) -> HttpResponse:
    """A signed consent is added to the passport."""
    image = _image(request, pk)
    found = get_object_or_404(ImagePassport, image=image)
    form = ConsentForm(request.POST, request.FILES)
    if form.is_valid() and _done(form, lambda: _add(request, found, form), field="document"):
        messages.success(request, _("The consent is added."))
        return redirect("website_passport", pk)
    return render(request, "website/staff/passport.html", _context(request, image, consent_form=form), status=400)


def _add(request: HttpRequest, found: ImagePassport, form: ConsentForm) -> None:
    given = form.cleaned_data
    actions.add_consent(
        passport=found,
        who_signed=given["who_signed"],
        signed_date=given["signed_date"],
        upload=given["document"],
        person=request.user,
    )


@require_http_methods(["GET", "HEAD"])
def consent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document of a consent, for whoever may see it; the reading is recorded."""
    _check(request, "see_consent")
    found = get_object_or_404(ImageConsent.objects.kept().select_related("file"), pk=pk)
    return attachment(found.file, read_file(file=found.file, person=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a picture is used; the button that withdraws the consent; afterwards what is left to do, place by place."""
    image = _image(request, pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _withdraw(request, image, form), field="reason"):
        return redirect("website_withdrawal", pk)
    context = _context(request, image) | {"form": form, "page_title": _("Withdrawal of a consent")}
    record_read(subject=f"picture {image.pk}", fields=["uses"], actor=request.user)
    return render(request, "website/staff/withdrawal.html", context, status=400 if form.errors else 200)


def _withdraw(request: HttpRequest, image: PortalImage, form: WithdrawalForm) -> None:
    tasks = actions.withdraw_consent(image=image, reason=form.cleaned_data["reason"], person=request.user)
    words = ngettext(
        "The consent is withdrawn. %(count)d place is to be settled.",
        "The consent is withdrawn. %(count)d places are to be settled.",
        len(tasks),
    )
    messages.success(request, words % {"count": len(tasks)})


@require_POST
def list_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Looks once more for places."""
    found = get_object_or_404(ImagePassport.objects.select_related("image"), image=_image(request, pk))
    new = actions.list_places_again(passport=found, person=request.user)
    words = ngettext("%(count)d new place was found.", "%(count)d new places were found.", len(new)) % {"count": len(new)}
    messages.success(request, words if new else _("There is no new place."))
    return redirect("website_withdrawal", pk)


@require_POST
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    """One place is settled."""
    task = get_object_or_404(WithdrawalTask.objects.select_related("passport"), pk=pk)
    try:
        actions.finish_withdrawal_task(task=task, note=request.POST.get("note", ""), person=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except rules.StillInUse as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Settled: %(where)s") % {"where": task.where})
    return redirect("website_withdrawal", task.passport.image_id)


def _done(form: forms.Form, do: Any, field: str | None = None) -> bool:
    """Calls the action; what it refuses stands at the field, and what was typed stays."""
    try:
        do()
    except ValidationError as refused:
        form.add_error(field, refused.messages)
    except rules.PassportRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _image(request: HttpRequest, pk: int) -> PortalImage:
    _check(request, "see")
    return get_object_or_404(PortalImage, pk=pk)


def _check(request: HttpRequest, deed: str) -> None:
    """Before anything is looked up: whoever may not see pictures does not learn which there are."""
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied


def _context(request: HttpRequest, image: PortalImage, **forms_given: Any) -> dict[str, Any]:
    """What both pages show: the picture, its passport, its uses, and what this person may do."""
    at, found = database_now(), passport_of(image)
    tasks = list(found.tasks.select_related("done_by").order_by("done_at", "found_at", "pk")) if found else []
    uses = [(use, words_of_outlet(use.outlet)) for _source, use in uses_of(image)]
    deeds = {
        deed: rules.may(request.user, deed, image, at) for deed in ("write_passport", "withdraw", "see_consent", "finish_task")
    }
    return {
        "image": image, "passport": found, "refusal": rules.refusal(found, "", at), "uses": uses, "may": deeds,
        "tasks": [(task, words_of_outlet(task.outlet)) for task in tasks], "waiting": sum(task.done_at is None for task in tasks),
        "consents": list(found.consents.select_related("file")) if found else [],
        "form": PassportForm(initial=initial_of(found)), "consent_form": ConsentForm(), "page_title": _("Image-rights passport"),
        **forms_given,
    }  # fmt: skip
