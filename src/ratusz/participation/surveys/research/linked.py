"""What a use of research leads to: a page of this portal by its address, or the act somewhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.participation.surveys.research.rules import ResearchRefused
from ratusz.publishing.website.models import SearchDocument


def page_of(typed: str) -> tuple[str, str]:
    """Address and title of the page; both empty for nothing typed. Raises ResearchRefused for what leads nowhere.

    Of this portal only what everybody can find: a consultation, a project, a decision. Elsewhere only https.
    """
    address = typed.strip()
    if not address:
        return "", ""
    own = settings.PUBLIC_ADDRESS.rstrip("/")
    path = address.removeprefix(own) if address.startswith(own + "/") else address
    if path.startswith("/") and not path.startswith("//"):
        path = path.partition("#")[0].partition("?")[0]
        title = SearchDocument.objects.public().filter(url=path).values_list("title", flat=True).first()
        if title is None:
            raise ResearchRefused(
                _("No consultation, project or decision stands at this address. Open the thing itself, not a list, and copy that.")
            )
        return path, title
    if not _is_safe(address):
        raise ResearchRefused(_("Write an address that begins with https://, or with / for a page of this portal."))
    return address, ""


def _is_safe(address: str) -> bool:
    """Whether it is a whole https address without a name of somebody in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc) and "@" not in parts.netloc and len(address) <= 500
