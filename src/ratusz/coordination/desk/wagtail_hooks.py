"""Makes the desk the home page of the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel

from ratusz.foundation.kit.clock import database_now

from .panels import DatesPanel, MovesPanel


@hooks.register("construct_homepage_panels", order=100)
def put_the_desk(request: HttpRequest, panels: list) -> None:
    """What a module lets begin, moves and dates, below them the person's own texts that others read now.

    What waits for them is a move already. A module's panel stays when it says `begins_work = True`.
    """
    at = database_now()
    panels[:] = [
        *[panel for panel in panels if getattr(panel, "begins_work", False)],
        MovesPanel(request.user, at),
        DatesPanel(at),
        *[panel for panel in panels if isinstance(panel, UserObjectsInWorkflowModerationPanel)],
    ]


@hooks.register("register_admin_menu_item")
def desk_in_menu() -> MenuItem:
    return MenuItem(_("Desk"), reverse("wagtailadmin_home"), name="desk", icon_name="tasks", order=1)


@hooks.register("insert_global_admin_css")
def desk_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
