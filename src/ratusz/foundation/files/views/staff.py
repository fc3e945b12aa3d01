"""Files in quarantine: what waits for the virus scanner and since when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.files import actions, rules
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.registry import file_purposes


@require_http_methods(["GET", "HEAD", "POST"])
def quarantine(request: HttpRequest) -> HttpResponse:
    """Lists what waits; the button scans it now."""
    if not rules.may(request.user, "settle_quarantine"):
        raise PermissionDenied
    if request.method == "POST":
        return _scan(request)
    page = Paginator(StoredFile.objects.quarantined(), 50).get_page(request.GET.get("p"))
    rows = [(file, file_purposes[file.purpose].name if file.purpose in file_purposes else file.purpose) for file in page]
    return render(request, "files/staff/quarantine.html", {"page": page, "rows": rows})


def _scan(request: HttpRequest) -> HttpResponse:
    waiting = StoredFile.objects.quarantined().count()
    count = actions.scan_quarantined()
    if count < waiting:
        messages.error(request, _("The virus scanner does not answer. The files go on waiting; nobody can open them."))
    else:
        messages.success(request, ngettext("Scanned %(count)d file.", "Scanned %(count)d files.", count) % {"count": count})
    return redirect("files_quarantine")
