"""Where the participatory budget stands in the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.budget.models import Edition, Pool, Project
from ratusz.participation.budget.rules import may
from ratusz.participation.budget.views import staff, staff_ballot, staff_editions, staff_profiles, staff_rules

for model in (Edition, Pool, Project):
    register_permission_policy(model, staff.ByTheRules(model))


@hooks.register("register_admin_viewset")
def register_budget():
    return staff.BudgetViewSetGroup()


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("budget/import/", staff.import_contest, name="budget_staff_import"),
        path("budget/pools/<int:pk>/", staff.pool, name="budget_staff_pool"),
        path("budget/profiles/", staff_profiles.profiles, name="budget_staff_profiles"),
        path("budget/editions/new/", staff_editions.new_edition, name="budget_staff_edition_new"),
        path("budget/editions/<int:pk>/ballot/", staff_ballot.ballot, name="budget_staff_ballot"),
        path("budget/editions/<int:pk>/stage/", staff_ballot.move_stage, name="budget_staff_stage"),
        path("budget/editions/<int:pk>/rules/", staff_rules.overview, name="budget_staff_rules"),
        path("budget/editions/<int:pk>/calendar/", staff_rules.calendar, name="budget_staff_calendar"),
        path("budget/editions/<int:pk>/settings/", staff_rules.settings, name="budget_staff_settings"),
        path("budget/editions/<int:pk>/pools/", staff_rules.pools, name="budget_staff_pools"),
        path("budget/editions/<int:pk>/", staff_editions.edition, name="budget_staff_edition"),
    ]


class ImportMenuItem(MenuItem):
    """Seen by whoever may bring a contest in."""

    def is_shown(self, request) -> bool:
        return may(*with_deed(request, "import_contest"))


class ProfilesMenuItem(MenuItem):
    """Seen by whoever keeps the budget's profiles."""

    def is_shown(self, request) -> bool:
        return may(*with_deed(request, "keep_profiles"))


@hooks.register("register_admin_menu_item")
def profiles_menu_item():
    return ProfilesMenuItem(_("Profiles of the budget"), reverse("budget_staff_profiles"), icon_name="site", order=302)


@hooks.register("register_admin_menu_item")
def import_menu_item():
    return ImportMenuItem(_("Bring a contest in"), reverse("budget_staff_import"), icon_name="upload", order=301)
