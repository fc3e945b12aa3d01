"""Units and appointments in the Wagtail admin; each save calls the module's action."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from ratusz.foundation.units import actions
from ratusz.foundation.units.forms import AppointmentForm, UnitForm
from ratusz.foundation.units.models import Appointment, Unit


class CreateUnit(generic.CreateView):
    """A new unit."""

    def save_instance(self):
        actions.check_may(self.request.user, "create_unit")
        return actions.save_unit(**self.form.cleaned_data)


class EditUnit(generic.EditView):
    """A changed unit."""

    def save_instance(self):
        actions.check_may(self.request.user, "change_unit", self.object)
        return actions.save_unit(unit=self.object, **self.form.cleaned_data)


class CreateAppointment(generic.CreateView):
    """A person is appointed."""

    def save_instance(self):
        facts = self.form.cleaned_data
        actions.check_may(self.request.user, "appoint", facts["person"])
        return actions.appoint(
            person=facts["person"], role=facts["role"], unit=facts["unit"],
            standing_in_for=facts["standing_in_for"], **self.form.period,
        )  # fmt: skip


class EndAppointment(generic.EditView):
    """An appointment gets its last day."""

    def save_instance(self):
        actions.check_may(self.request.user, "appoint", self.object)
        return actions.end_appointment(appointment=self.object, ends=self.form.period["ends"])


class InspectAppointment(generic.InspectView):
    """An appointment by its days; the moments behind them are the program's."""

    def get_starts_display_value(self) -> str:
        return self.object.first_day

    def get_ends_display_value(self) -> str:
        return self.object.last_day

    def get_field_label(self, field_name, field):
        return {"starts": _("First day"), "ends": _("Last day")}.get(field_name) or super().get_field_label(field_name, field)


class WithForm(ModelViewSet):
    """A viewset whose form is a class of ours."""

    form_class: type

    def get_form_class(self, for_update=False):
        return self.form_class


class UnitViewSet(WithForm):
    """The tree of units as a list with what each is part of."""

    model = Unit
    form_class = UnitForm
    icon = "group"
    menu_label = _("Units")
    url_prefix = "units"
    add_view_class, edit_view_class = CreateUnit, EditUnit
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["name", "short_name", "kind", "parent", "closed_date"]
    list_filter = ["kind", "parent"]
    search_fields = ["name", "short_name"]
    ordering = ["sort_key"]
    inspect_view_fields = ["name", "short_name", "kind", "parent", "email", "phone", "address", "is_department", "closed_date"]
    list_export = ["name", "short_name", "kind", "parent", "email", "phone", "address", "closed_date"]
    export_filename = "komorki"


class AppointmentViewSet(WithForm):
    """Who is what, where and until when."""

    model = Appointment
    form_class = AppointmentForm
    icon = "user"
    menu_label = _("Appointments")
    url_prefix = "appointments"
    add_view_class, edit_view_class = CreateAppointment, EndAppointment
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = [
        Column("person", label=_("Person")), "role", "unit",
        Column("first_day", label=_("First day"), sort_key="starts"), Column("last_day", label=_("Last day"), sort_key="ends"),
        "standing_in_for",
    ]  # fmt: skip
    inspect_view_class = InspectAppointment
    inspect_view_fields = ["person", "role", "unit", "starts", "ends", "standing_in_for"]
    list_filter = ["role", "unit"]
    search_fields = ["person__last_name", "person__email", "role__name", "unit__name"]
    ordering = ["unit__sort_key", "role__sort_key"]
    list_export = ["person", "role", "unit", "starts", "ends", "standing_in_for"]
    export_filename = "powolania"


class OfficeViewSetGroup(ModelViewSetGroup):
    """The Office in the menu."""

    menu_label = _("The Office")
    menu_icon = "group"
    menu_order = 700
    items = (UnitViewSet, AppointmentViewSet)
