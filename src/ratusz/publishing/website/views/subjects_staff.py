"""Topics and pages of units in the Wagtail admin; each save calls the module's action."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ratusz.publishing.website.models import Topic, UnitProfile
from ratusz.publishing.website.subjects.actions import save_topic, save_unit_page


class SavesTopic:
    """A topic goes through the action."""

    def save_instance(self) -> Topic:
        return save_topic(topic=self.form.instance, person=self.request.user)


class SavesUnitPage:
    """The page of a unit goes through the action."""

    def save_instance(self) -> UnitProfile:
        return save_unit_page(profile=self.form.instance, person=self.request.user)


class CreateTopic(SavesTopic, generic.CreateView):
    """A new topic."""


class EditTopic(SavesTopic, generic.EditView):
    """A changed topic."""


class CreateUnitPage(SavesUnitPage, generic.CreateView):
    """A unit gets its page."""


class EditUnitPage(SavesUnitPage, generic.EditView):
    """The page of a unit says something else."""


class TopicViewSet(ModelViewSet):
    """What residents can follow, as a list."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    menu_order = 400
    menu_hook = "register_speaking_menu_item"
    add_to_admin_menu = True
    url_prefix = "topics"
    add_view_class, edit_view_class = CreateTopic, EditTopic
    copy_view_enabled = inspect_view_enabled = False
    form_fields = ["name", "description", "slug", "is_given_up"]
    list_display = ["name", "description", "is_given_up"]
    ordering = ["sort_key"]


class UnitPageViewSet(ModelViewSet):
    """Units that residents deal with, as a list."""

    model = UnitProfile
    icon = "group"
    menu_label = _("Pages of units")
    menu_name = "unit-pages"
    menu_order = 410
    menu_hook = "register_speaking_menu_item"
    add_to_admin_menu = True
    url_prefix = "unit-pages"
    add_view_class, edit_view_class = CreateUnitPage, EditUnitPage
    copy_view_enabled = inspect_view_enabled = False
    form_fields = ["unit", "purpose", "slug"]
    list_display = ["unit", "purpose"]
    ordering = ["unit__sort_key"]
