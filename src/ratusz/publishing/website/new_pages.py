"""A new page in Wagtail's editor: savings at once go one after another, and one form sent twice makes one page."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.create import CreateView
from wagtail.models import Page

from ratusz.foundation.once.sending import once_only


class OneAfterAnother(CreateView):
    """Wagtail's form of a new page; whoever comes second under the same page sees what the first has saved.

    Wagtail looks whether an address is free and only then takes it: of two at once the second answered with an error of the server.
    """

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            get_object_or_404(Page.objects.select_for_update(of=("self",)), pk=self.parent_page.pk)
            # Its place for the next child is another one by now.
            self.parent_page.refresh_from_db()
            return super().post(request)


new_page = once_only(require_admin_access(OneAfterAnother.as_view()))
