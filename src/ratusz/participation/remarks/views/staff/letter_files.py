"""Files of a letter for whoever may read it: checked attachments, and the letter as it came. Each reading is recorded."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.adapters import ScannerDown, scanner
from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.made_files import made_file
from ratusz.participation.remarks.views.staff.letters import letter_for


@require_safe
def attachment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One attachment that passed the checks of uploads."""
    found, _at = letter_for(request, pk)
    kept = get_object_or_404(found.attachments.select_related("file"), pk=number, file__state=FileState.CLEAN)
    with read_allowed_file(file=kept.file, person=request.user) as content:
        return made_file(content.read(), kept.file.media_type, kept.name)


@require_safe
def as_it_came(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole letter, for a mail program; one with a virus, or while nobody can tell, is not given out."""
    found, _at = letter_for(request, pk)
    if found.raw is None:
        raise PermissionDenied
    with read_allowed_file(file=found.raw, person=request.user) as kept:
        content = kept.read()
    try:
        is_harmful = bool(scanner().scan(content))
    except ScannerDown:
        is_harmful = True
    if is_harmful:
        messages.error(request, _("There is a virus in the letter, or the scanner is away. Ask IT to open it."))
        return redirect("remarks_letter", found.pk)
    return made_file(content, "application/octet-stream", f"list-{found.pk}.eml")
