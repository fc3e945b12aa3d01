"""The list of messages: what each is, where its texts stand, whose move it is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.messages import queries, rules
from ratusz.publishing.messages.forms import ListFilter
from ratusz.publishing.messages.models import CorrectionTask, Message
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.views.staff.presentation import WORDS

PAGE = 30
NUMBER = re.compile(r"(?:K\s*/\s*)?(\d{1,6})\s*/\s*(\d{4})", re.IGNORECASE)


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    at = database_now()
    if not rules.may(request.user, "view", None, at):
        raise PermissionDenied
    form = ListFilter(request.GET)
    page = Paginator(_narrowed(queries.messages_for_list(), form.chosen(), at), PAGE).get_page(request.GET.get("p"))
    names = queries.district_names()
    context = {
        "form": form, "page": page, "rows": [_row(message, at, names) for message in page], "page_title": _("Messages"),
        "may_write": rules.may(request.user, "write", None, at),
    }  # fmt: skip
    return render(request, "messages/staff/list.html", context)


def _narrowed(found: QuerySet[Message], chosen: dict[str, str], at: datetime) -> QuerySet[Message]:
    if match := NUMBER.fullmatch(chosen.get("q", "").strip()):
        found = found.filter(number=int(match[1]), year=int(match[2]))
    elif text := chosen.get("q", "").strip().replace("\x00", ""):
        found = found.filter(Q(facts__title__icontains=text) | Q(facts__place__icontains=text))
    if kind := chosen.get("kind"):
        found = found.filter(kind=kind)
    return _in_state(found, chosen.get("state", ""), at)


def _in_state(found: QuerySet[Message], state: str, at: datetime) -> QuerySet[Message]:
    over = ~Q(withdrawn_at=None) | Q(valid_until__lte=at)
    if state == "closed":
        return found.filter(over)
    if state == "correcting":
        return found.filter(corrections__tasks__state=CorrectionTask.State.DUE).distinct()
    if state == "draft":
        return found.filter(published_at=None, handed_in_at=None, withdrawn_at=None)
    if state == "handed":
        texts = found.filter(handed_in_at__isnull=False, variants__state__in=[State.DERIVED, State.EDITED, State.STALE])
        return texts.filter(withdrawn_at=None).distinct()
    return found.filter(published_at__isnull=False).exclude(over) if state == "out" else found


def _row(message: Message, at: datetime, names: dict[int, str]) -> dict[str, Any]:
    variants = list(message.variants.all())
    words = [rules.screen_state(variant, message, at) for variant in variants]
    state = next((word for word in ("waiting", "draft", "approved", "sent", "closed") if word in words), "draft")
    sent = [variant for variant in variants if variant.state in SENT]
    waits = [correction for correction in message.corrections.all() if not correction.published_at and not correction.replaced_at]
    return {
        "message": message, "title": queries.title_of(message, names), "state": WORDS[state], "is_over": rules.is_over(message, at),
        "sent": ngettext("%(number)d place", "%(number)d places", len(sent)) % {"number": len(sent)} if sent else "",
        "correction_waits": bool(waits), "stale": sum(variant.state == State.STALE for variant in variants),
    }  # fmt: skip
