"""The demo's mailbox: where its e-mails and text messages end, and the page they are read on. Answers only in the demo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.demo.accounts import is_demo_on_this_machine
from ratusz.demo.models import MailboxItem
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.composing import Envelope
from ratusz.ui.parts import Cell, Column

PAGE = 50
# The letter's own styles stand in it; nothing else may run or be fetched.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox allow-popups"


class MailboxTransport:
    """Keeps a message instead of sending it; the same message is kept once."""

    def send(self, envelope: Envelope) -> None:
        values: dict[str, Any] = {
            "channel": envelope.channel,
            "to": envelope.to,
            "subject": envelope.subject,
            "text": envelope.text,
        }
        values |= {"text": envelope.text, "html": envelope.html, "arrived_at": database_now()}
        MailboxItem.objects.get_or_create(message_id=envelope.message_id, defaults=values)

    def close(self) -> None:
        """Nothing to let go."""


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Not found outside the demo and from other machines: links to sign in stand in the letters."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_demo_on_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(require_safe(wrapped))


@demo_only
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest messages first; `q` keeps those to, or with, the words typed."""
    words = request.GET.get("q", "").strip()
    items = MailboxItem.objects.all()
    if words:
        items = items.filter(Q(to__icontains=words) | Q(subject__icontains=words) | Q(text__icontains=words))
    page = Paginator(items, PAGE).get_page(request.GET.get("strona"))
    columns = [Column("subject", _("Message"), is_heading=True), Column("to", _("To")), Column("arrived", _("Arrived"))]
    rows = [_row(item) for item in page]
    return render(request, "demo/mailbox.html", {"columns": columns, "rows": rows, "page": page, "words": words})


def _row(item: MailboxItem) -> dict:
    title = item.subject if item.channel == "email" else _("Text message: %(text)s") % {"text": item.text[:60]}
    arrived = f"{item.arrived_at.astimezone():%d.%m %H:%M:%S}"
    return {"subject": Cell(title, url=f"/demo/skrzynka/{item.pk}"), "to": item.to, "arrived": arrived}


@demo_only
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as plain text, with its links to follow."""
    return render(request, "demo/message.html", {"item": get_object_or_404(MailboxItem, pk=pk)})


@demo_only
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a mail program shows it, shut in by a policy of its own."""
    item = get_object_or_404(MailboxItem.objects.exclude(html=""), pk=pk)
    return HttpResponse(item.html, headers={"Content-Security-Policy": LETTER_POLICY})
