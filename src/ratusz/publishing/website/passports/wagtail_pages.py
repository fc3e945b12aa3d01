"""Pages ask the passports: a text with a picture that may not be shown is saved, but not published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.passports.queries import PictureTrouble, troubles_of_page


def hold_refused_pictures(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail has saved the draft by now; a refusal keeps it from the public and says which picture and why."""
    troubles = troubles_of_page(page, database_now())
    for trouble in troubles:
        say = messages.error if trouble.blocks else messages.warning
        button = messages.button(reverse("website_passport", args=[trouble.image.pk]), _("Open the passport"), new_window=False)
        say(request, _in_words(trouble), buttons=[button])
    if not any(trouble.blocks for trouble in troubles):
        return None
    messages.error(request, _("The text is saved but not published. Mend the pictures named here and publish again."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _in_words(trouble: PictureTrouble) -> str:
    return _("Picture “%(title)s”: %(words)s") % {"title": trouble.image.title, "words": trouble.words}
