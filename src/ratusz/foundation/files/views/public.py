"""Downloads. A file is always an attachment, never a page: nothing in it runs under our name."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from ratusz.foundation.files import actions, links
from ratusz.foundation.files.models import StoredFile


@require_safe
def download(request: HttpRequest, public_id: UUID) -> FileResponse:
    """For signed-in people who may read the file; for everybody else it does not exist."""
    file = StoredFile.objects.usable().filter(public_id=public_id).first()
    if file is None:
        raise Http404
    try:
        content = actions.read_file(file=file, person=request.user)
    except PermissionDenied:
        raise Http404 from None
    return attachment(file, content)


@require_safe
def by_link(request: HttpRequest, token: str) -> FileResponse:
    """For whoever holds a link that is not too old."""
    file = links.file_of(token)
    if file is None:
        raise Http404
    person = request.user if request.user.is_authenticated else None
    return attachment(file, actions.read_allowed_file(file=file, person=person, reason="link"))


def attachment(file: StoredFile, content: File) -> FileResponse:
    """The bytes of a file as a download that nothing runs from."""
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
