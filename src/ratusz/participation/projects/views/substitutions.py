"""The staff page of substitutions: who stands in for whom, from when until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.notifications.rules import WARSAW
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.participation.projects import actions, rules
from ratusz.participation.projects.forms import check_our_age
from ratusz.participation.projects.models import Substitution

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ModelChoiceField):
    """One of the people, by first name and surname."""

    def label_from_instance(self, person: User) -> str:
        return person.get_full_name()


class SubstitutionForm(forms.Form):
    """One person or one unit, who stands in, first and last day."""

    field_order = ("absent", "unit", "substitute")
    first = forms.DateField(label=gettext_lazy("First day"), widget=DAY, validators=[check_our_age])
    last = forms.DateField(label=gettext_lazy("Last day"), widget=DAY, validators=[check_our_age])

    def __init__(self, *args: Any, at: datetime, **named: Any):
        roles = (*rules.CLERKS, "unit_verifier", "desk_officer")
        held = Appointment.objects.in_force(at).filter(role__code__in=roles)
        people = User.objects.filter(pk__in=held.values("person"), is_active=True).order_by("last_name", "first_name")
        super().__init__(*args, **named)
        self.fields |= {
            "absent": PersonField(people, label=_("Who is away"), required=False),
            "unit": forms.ModelChoiceField(Unit.objects.working(), label=_("or the unit nobody of whom is there"), required=False),
            "substitute": PersonField(people, label=_("Who stands in")),
        }
        self.order_fields(self.field_order)

    def facts(self) -> dict[str, Any]:
        """As the action takes them: from the first midnight to the one after the last day."""
        data = self.cleaned_data
        starts = datetime.combine(data["first"], time(), tzinfo=WARSAW)
        ends = datetime.combine(data["last"] + timedelta(days=1), time(), tzinfo=WARSAW)
        return {name: data[name] for name in ("absent", "unit", "substitute")} | {"starts_at": starts, "ends_at": ends}


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def substitutions(request: HttpRequest) -> HttpResponse:
    """Those that go on or are ahead, one form for the next, a button to end each."""
    at = database_now()
    if not rules.may(request.user, "assign", None, at):
        raise PermissionDenied
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = SubstitutionForm(request.POST if deed == "set" else None, at=at)
    if deed == "end":
        found = get_object_or_404(Substitution, pk=plain_number(request.POST.get("substitution", "")) or 0)
        actions.end_substitute(substitution=found, person=request.user)
        messages.success(request, _("The substitution is over. What waits is back in its own queue."))
        return redirect("projects_substitutions")
    if form.is_bound and form.is_valid():
        try:
            actions.set_substitute(person=request.user, **form.facts())
        except rules.ApplicationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. The queue follows from the first day by itself."))
            return redirect("projects_substitutions")
    rows = Substitution.objects.filter(ends_at__gt=at).select_related("absent", "unit", "substitute")
    shown = [{"made": each, "is_now": each.starts_at <= at, "last": each.ends_at - timedelta(seconds=1)} for each in rows]
    return render(request, "projects/staff/substitutions.html", {"form": form, "rows": shown})
