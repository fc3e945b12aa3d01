"""Orders to the photographer: the list, writing one, one of them with its buttons and pictures."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.forms import OrderForm
from ratusz.publishing.newsroom.models import OrderState, PhotoOrder
from ratusz.publishing.newsroom.rules import may
from ratusz.publishing.newsroom.views.answering import check, done, told

PAGE = 30


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Open ones first by their event, or all with ?stan=wszystkie."""
    check(request, "see_orders")
    shows_all = request.GET.get("stan") == "wszystkie"
    found = PhotoOrder.objects.select_related("photographer", "unit")
    page = Paginator(found if shows_all else found.open(), PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "shows_all": shows_all, "page_title": _("Photographer's orders")}
    return render(request, "newsroom/staff/orders.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_order(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new order, or one changed."""
    check(request, "keep_orders")
    order = get_object_or_404(PhotoOrder, pk=pk) if pk else None
    form = OrderForm(request.POST or None, instance=order, at=database_now())
    saved: list[PhotoOrder] = []
    if request.method == "POST" and form.is_valid() and done(form, lambda: saved.append(_save(request, order, form))):
        return redirect("newsroom_order", saved[0].pk)
    context = {"form": form, "order": order, "page_title": _("Photographer's order")}
    return render(request, "newsroom/staff/write_order.html", context, status=400 if form.errors else 200)


def _save(request: HttpRequest, order: PhotoOrder | None, form: OrderForm) -> PhotoOrder:
    return actions.save_order(person=request.user, order=order, **form.facts())


@require_safe
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: what is asked for, whose move it is, the pictures."""
    at = database_now()
    found = PhotoOrder.objects.select_related("photographer", "unit").filter(pk=pk).first()
    check(request, "see_order", found)
    found = found or get_object_or_404(PhotoOrder, pk=pk)
    context = {
        "order": found, "pictures": found.pictures.order_by("pk").prefetch_related("renditions"),
        "page_title": _("Photographer's order"),
        "keeps": may(request.user, "keep_orders", found, at), "takes": may(request.user, "take_order", found, at),
        "waits": found.state in (OrderState.ORDERED, OrderState.ACCEPTED, OrderState.DELIVERED),
    }  # fmt: skip
    return render(request, "newsroom/staff/order.html", context)


@require_POST
def move_order(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One button of an order: wyslij, przyjmij, zamknij."""
    found = get_object_or_404(PhotoOrder, pk=pk)
    if deed == "wyslij":
        told(request, lambda: actions.send_order(order=found, person=request.user), _("The photographer has the order."))
    elif deed == "przyjmij":
        told(request, lambda: actions.accept_order(order=found, person=request.user), _("The order is accepted."))
    else:
        reason = request.POST.get("reason", "")
        told(request, lambda: actions.close_order(order=found, person=request.user, reason=reason), _("The order is closed."))
    return redirect("newsroom_order", pk)
