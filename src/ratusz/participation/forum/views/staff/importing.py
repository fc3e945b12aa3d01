"""The import of the old forum: a file is looked at first, then brought in; what was brought in before, with its counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.once.sending import once_only
from ratusz.participation.forum import actions
from ratusz.participation.forum.archive.reading import ExportRefused, read_export
from ratusz.participation.forum.forms_staff import ImportForm
from ratusz.participation.forum.models import ImportBatch
from ratusz.participation.forum.views.staff.deeds import check

SHOWN = 50


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def old_forum(request: HttpRequest) -> HttpResponse:
    """The same file is chosen twice: the preview keeps nothing, and what is brought in is what was looked at."""
    check(request, "import")
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"form": form, "batches": ImportBatch.objects.select_related("made_by")[:SHOWN]}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            export = read_export(file.read(), file.name)
        except ExportRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            if form.cleaned_data["seen"] == export.file_hash:
                actions.bring_in(export=export, file_name=file.name, person=request.user)
                messages.success(request, _("The file is brought in. Compare the counts below."))
                return redirect("forum_import")
            context |= {"export": export, "errors": export.errors[:SHOWN], "posts": export.posts[:5]}
            context["is_known"] = ImportBatch.objects.filter(file_hash=export.file_hash).exists()
    return render(request, "forum/staff/import.html", context)
