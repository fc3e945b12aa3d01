"""The staff screen of the budget's profiles: the list, one form to add or change, a button to close."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.budget import actions, rules
from ratusz.participation.budget.forms_profiles import ProfileForm
from ratusz.participation.budget.models import Profile


def profiles(request: HttpRequest) -> HttpResponse:
    """Every profile the budget keeps; ?profile= opens one in the form."""
    if not rules.may(request.user, "keep_profiles", None, database_now()):
        raise PermissionDenied
    chosen = _chosen(request.GET.get("profile", ""))
    form = ProfileForm(request.POST if request.POST.get("deed") == "save" else None, profile=chosen)
    if request.method == "POST":
        try:
            words = _deed(request, form, chosen)
        except rules.NotPossible as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
            words = ""
        if words:
            messages.success(request, words)
            return redirect("budget_staff_profiles")
    context = {
        "page_title": _("Profiles of the budget"), "form": form, "chosen": chosen, "profiles": Profile.objects.kept(),
        "closed": Profile.objects.exclude(closed_at=None).order_by("-closed_at"),
    }  # fmt: skip
    return render(request, "budget/staff_profiles.html", context)


def _chosen(typed: str) -> Profile | None:
    return get_object_or_404(Profile, pk=plain_number(typed) or 0, closed_at=None) if typed else None


def _deed(request: HttpRequest, form: ProfileForm, chosen: Profile | None) -> str:
    """The sentence of what is true now; "" when the form needs mending."""
    if request.POST.get("deed") == "close":
        profile = get_object_or_404(Profile, pk=plain_number(request.POST.get("profile", "")) or 0)
        actions.close_profile(profile=profile, person=request.user)
        return _("The profile is closed: the pages no longer name it.")
    if not form.is_valid():
        return ""
    actions.save_profile(profile=chosen, facts=form.cleaned_data, person=request.user)
    return _("Saved. The budget's pages show it.")
