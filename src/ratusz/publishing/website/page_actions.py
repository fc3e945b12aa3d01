"""What the page editor says and offers beyond Wagtail's own: why a text came back, one way to hand in."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page, WorkflowState


class PagesToRead(PagesAdminAPIViewSet):
    """Wagtail's own interface for programs lists pages and does nothing to them: its deeds ask neither gates nor reasons."""

    actions: dict = {}


def say_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """A banner above the text that was sent back, with the reader's words."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    task = state.current_task_state
    words = _("This text came back to be mended. Mend it and hand it in again.")
    if task is not None and task.comment:
        words = _("This text came back to be mended: “%(comment)s”. Mend it and hand it in again.") % {"comment": task.comment}
    messages.warning(request, words)


def keep_one_way_to_hand_in(menu_items: list, request: HttpRequest, context: dict) -> None:
    """With one step of approval “from the start” and “once more” are the same; only the second stays."""
    page = context.get("page")
    state = page.current_workflow_state if page is not None and page.pk else None
    if state is not None and len(list(state.workflow.tasks)) < 2:
        menu_items[:] = [item for item in menu_items if item.name != "action-restart-workflow"]
