"""Publishing from the editor: refused with the list while something blocks; the draft is saved."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.findings import GatesShut
from ratusz.publishing.website.models import PublicPage

from .actions import check_page, keep_as_draft
from .holding import NotReadYet, PageHeld

LIST = "#zanim-opublikujesz"
"""Where the list stands in the editor of a page."""


def refuse_while_something_blocks(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before publishing: the draft has been saved already."""
    if not isinstance(page, PublicPage):
        return None
    try:
        check_page(page=page, revision=page.get_latest_revision(), user=request.user, at=database_now())
    except GatesShut as shut:
        keep_as_draft(page=page)
        return back_to_the_editor(request, shut)
    return None


def back_to_the_editor(request: HttpRequest, shut: GatesShut) -> HttpResponse:
    """The editor of the page at its list, with how many things stop it."""
    if isinstance(shut, PageHeld):
        messages.error(request, _("Not published: %(why)s The draft is saved.") % {"why": shut})
        return HttpResponseRedirect(shut.edit_url + LIST)
    if isinstance(shut, NotReadYet):
        ways = [messages.button(finding.url, _("Ask somebody to read it")) for finding in shut.blocking[:1]]
        messages.error(request, _("Not published: %(why)s The draft is saved.") % {"why": shut}, buttons=ways)
        return HttpResponseRedirect(shut.edit_url + LIST)
    number = len(shut.blocking)
    words = ngettext(
        "Not published: %(number)d thing is missing. The draft is saved; the list is under “Before you publish”.",
        "Not published: %(number)d things are missing. The draft is saved; the list is under “Before you publish”.",
        number,
    )
    messages.error(request, words % {"number": number})
    return HttpResponseRedirect(shut.edit_url + LIST)
