"""Old addresses of the forum lead for good to where their words stand now: g=posts with t=, m= or find=lastpost, g=topics."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.forum.models import Category, Comment, Thread

LARGEST = 2_000_000_000


@require_safe
def old_address(request: HttpRequest) -> HttpResponse:
    """default.aspx of the old forum. The place within the page stands in the new address, since no browser sends it to us."""
    asked = {name.lower(): value for name, value in request.GET.items()}
    page, message, thread = asked.get("g", "").lower(), _number(asked.get("m")), _number(asked.get("t"))
    if page in ("", "forum"):
        return redirect("forum:home", permanent=True)
    if page == "topics" and (category := Category.objects.filter(old_number=_number(asked.get("f"))).first()):
        return redirect(category.get_absolute_url(), permanent=True)
    if page == "posts" and message:
        return redirect(_place_of(Comment.objects.filter(old_number=message).first()), permanent=True)
    if page == "posts" and thread and (found := Thread.objects.filter(old_number=thread).first()):
        if asked.get("find", "").lower() in ("lastpost", "unread"):
            return redirect(_place_of(Comment.objects.filter(thread=found).shown().order_by("written_at", "pk").last()))
        return redirect(found.get_absolute_url(), permanent=True)
    raise Http404


def _number(text: str | None) -> int | None:
    found = plain_number(text or "")
    return found if found and found <= LARGEST else None


def _place_of(comment: Comment | None) -> str:
    """The page of its thread that begins with its branch, at the comment."""
    if comment is None or comment.erased_at is not None:
        raise Http404
    return f"{reverse('forum:thread', args=[comment.thread_id])}?od={comment.root_id or comment.pk}#{comment.anchor}"
