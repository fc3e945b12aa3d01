"""Screens of staff: the outbox, the suppressed addresses, the letters to print. Addresses are shown masked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.notifications import actions, rules
from ratusz.foundation.notifications.forms import OutboxFilter
from ratusz.foundation.notifications.models import Address, OutboxMessage, PrintBatch, PrintedLetter, Suppression
from ratusz.foundation.notifications.registry import purposes

PAGE = 50
View = Callable[..., HttpResponse]


def for_whoever_may(deed: str) -> Callable[[View], View]:
    """Only for staff whom rules.may lets do this."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not rules.may(request.user, deed):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate


@require_safe
@for_whoever_may("see_outbox")
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first, by state, channel and purpose; what is unclear can be settled here."""
    form = OutboxFilter(request.GET)
    found = OutboxMessage.objects.select_related("address", "content").order_by("-made_at", "-pk")
    found = found.filter(**form.conditions()) if form.is_valid() else found.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    record_read(subject=OutboxMessage._meta.label, fields=["masked address", "subject"], reason="outbox")
    rows = [(message, purposes[message.purpose].name if message.purpose in purposes else message.purpose) for message in page]
    context = {"form": form, "page": page, "rows": rows, "may_settle": rules.may(request.user, "settle_message")}
    return render(request, "notifications/staff/outbox.html", context)


@require_POST
@for_whoever_may("settle_message")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a doubtful message again, or takes it as delivered."""
    message = get_object_or_404(OutboxMessage, pk=pk)
    if request.POST.get("deed") == "resend":
        actions.resend_message(message=message, person=request.user)
        messages.success(request, _("The message will be sent again."))
    else:
        actions.settle_as_sent(message=message, person=request.user)
        messages.success(request, _("The message counts as sent."))
    return redirect("notifications_outbox")


@require_safe
@for_whoever_may("see_suppressions")
def suppressions(request: HttpRequest) -> HttpResponse:
    """Addresses nobody writes to, and why."""
    page = Paginator(Suppression.objects.live().order_by("-since"), PAGE).get_page(request.GET.get("p"))
    addresses = {address.lookup: address for address in Address.objects.filter(lookup__in=[row.lookup for row in page])}
    rows = [(row, addresses[row.lookup].masked if row.lookup in addresses else _("erased address")) for row in page]
    context = {"page": page, "rows": rows, "may_change": rules.may(request.user, "change_suppression")}
    return render(request, "notifications/staff/suppressions.html", context)


@require_POST
@for_whoever_may("change_suppression")
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets messages go to the address again."""
    actions.lift_suppression(suppression=get_object_or_404(Suppression, pk=pk), person=request.user)
    messages.success(request, _("Messages may go to this address again."))
    return redirect("notifications_suppressions")


@require_safe
@for_whoever_may("print_letters")
def letters(request: HttpRequest) -> HttpResponse:
    """How many letters wait for the printer, and the batches printed before."""
    waiting = PrintedLetter.objects.filter(batch__isnull=True).count()
    batches = PrintBatch.objects.order_by("-pk").prefetch_related("letters")[:20]
    return render(request, "notifications/staff/letters.html", {"waiting": waiting, "batches": batches})


@require_POST
@for_whoever_may("print_letters")
def print_waiting(request: HttpRequest) -> HttpResponse:
    """Makes one batch of all letters that wait and opens it."""
    batch = actions.print_letters(person=request.user)
    if batch is None:
        messages.warning(request, _("No letter waits for printing."))
        return redirect("notifications_letters")
    return redirect("notifications_batch", batch.pk)


@require_safe
@for_whoever_may("print_letters")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch as it goes to the printer: one letter a sheet, the address where a window envelope shows it."""
    found = get_object_or_404(PrintBatch, pk=pk)
    record_read(subject=found, fields=["recipient", "text"], reason="print")
    return render(request, "notifications/staff/batch.html", {"batch": found, "letters": found.letters.order_by("pk")})
