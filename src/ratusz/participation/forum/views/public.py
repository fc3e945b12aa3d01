"""Pages for reading, without an account: home, category, topic, thread, one branch, a file, print, feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.forum import found_by, queries, texts, wording
from ratusz.participation.forum.forms import CommentForm, SearchForm
from ratusz.participation.forum.models import Attachment, Category, Comment, Participant, Thread, Topic
from ratusz.participation.forum.sessions import reader_of
from ratusz.participation.forum.views.frame import line_of, page, public, start_of
from ratusz.publishing.website import feeds
from ratusz.publishing.website.search.results import search
from ratusz.publishing.website.views.feeds import open_to_all
from ratusz.ui import chrome
from ratusz.ui.parts import Fact

FEED = 50


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Categories, what closes soon, where somebody wrote last; what was looked for."""
    at, form = database_now(), SearchForm(request.GET)
    asked = form.cleaned_data["q"].strip() if form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "asked": asked}
    if asked:
        context["results"] = search(asked, person=None, at=at, kind=found_by.KIND, page=request.GET.get("strona"))
        return page(request, "home", context)
    context["categories"] = [
        (each, wording.threads_in_words(each.thread_count))
        for each in queries.categories(at)
        if each.topic_count or not each.is_archive
    ]
    context["closing"] = [topic_line(each, at) for each in queries.closing_soon(at)]
    context["newest"] = [(each, wording.comments_in_words(each.comment_count)) for each in queries.newest_threads(at)]
    return page(request, "home", context)


def topic_line(topic: Any, at: datetime) -> dict[str, Any]:
    """A topic on a list."""
    return {
        "topic": topic, "label": wording.label_of(topic), "days": wording.days_of(topic, at), "scope": wording.scope_of(topic),
        "threads": wording.threads_in_words(topic.thread_count), "is_open": topic.is_open(at),
    }  # fmt: skip


@public
@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Topics of a category: open ones first."""
    at, found = database_now(), get_object_or_404(Category, slug=slug)
    rows = [topic_line(each, at) for each in queries.topics(at).filter(category=found)]
    return page(request, "category", {"category": found, "rows": sorted(rows, key=lambda row: not row["is_open"])})


def topic_or_404(slug: str, at: datetime) -> Topic:
    """A topic everybody sees."""
    return get_object_or_404(queries.topics(at), slug=slug)


@public
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is about, its rules, its threads."""
    at = database_now()
    found = topic_or_404(slug, at)
    threads, following = queries.threads_of(found, at, start_of(request))
    rows = [(each, wording.comments_in_words(each.comment_count)) for each in threads]
    facts = [Fact(_("What part of the city"), wording.scope_of(found))]
    facts += [Fact(_("Who answers"), found.unit.name)] if found.unit else []
    context = {
        **head(found, at), "facts": facts, "rows": rows, "following": following, "is_later": start_of(request) is not None,
        "may_start": found.is_open(at) and found.residents_start_threads, "about": texts.rendered(found.about),
    }  # fmt: skip
    return page(request, "topic", context)


def head(found: Topic, at: datetime) -> dict[str, Any]:
    """What stands on top of every page of a topic: the label above all."""
    return {
        "topic": found, "label": wording.label_of(found), "scope": wording.scope_of(found), "days": wording.days_of(found, at),
        "house_rules": found.house_rules or found.category.house_rules, "is_open": found.is_open(at),
    }  # fmt: skip


def thread_or_404(pk: int, at: datetime, reader: Participant | None = None) -> Thread:
    """A thread everybody sees, or the reader's own that waits for a moderator, with its topic."""
    found = Thread.objects.seen_by(reader, at).select_related("topic__category", "topic__unit", "topic__consultation", "author")
    return get_object_or_404(found.prefetch_related("topic__districts", "topic__consultation__areas"), pk=pk)


def may_write(found: Thread, at: datetime) -> bool:
    """Whether anything may be added to the thread."""
    return found.topic.is_open(at) and found.locked_at is None


@public
@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of a thread; one that was merged leads to the other one for good."""
    merged = Thread.objects.filter(pk=pk).exclude(merged_into=None).values_list("merged_into", flat=True).first()
    if merged is not None:
        return redirect("forum:thread", merged, permanent=True)
    at = database_now()
    return drawn_thread(request, thread_or_404(pk, at, reader_of(request)), at)


def drawn_thread(
    request: HttpRequest, found: Thread, at: datetime, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a thread, with a form that was refused where there is one."""
    reader = reader_of(request)
    order = request.GET.get("kolejnosc", queries.OLDEST)
    if order not in queries.ORDERS:
        raise Http404
    shown = queries.page_of_thread(found, order, start_of(request), reader)
    numbers = [each.pk for branch in shown.branches for each in (branch.root, *branch.answers)]
    facts = {"is_open": may_write(found, at), "at": at}
    supported = queries.supported_by(reader, numbers)
    voices = queries.stances(found)
    context = {
        **head(found.topic, at), "thread": found, 
        "branches": [wording.branch_shown(each, reader, supported, **facts) for each in shown.branches],
        "following": shown.following, "is_later": start_of(request) is not None, "order": order, "orders": orders(),
        "comments": wording.comments_in_words(found.comment_count), "may_write": may_write(found, at),
        "for": voices.get("for", 0), "against": voices.get("against", 0), "neutral": voices.get("neutral", 0),
        "form": form or (CommentForm(at=at, line=line_of(request)) if reader and may_write(found, at) else None),
    }  # fmt: skip
    return page(request, "thread", context, status=status)


def orders() -> list[tuple[str, str]]:
    """How a thread may be sorted, in words."""
    return [
        (queries.OLDEST, _("oldest first")), (queries.NEWEST, _("newest first")), (queries.TOP, _("most supported")),
        (queries.DISCUSSED, _("most answered")),
    ]  # fmt: skip


@public
@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """One branch with all its answers, and what a comment read like before it was changed."""
    at, reader = database_now(), reader_of(request)
    seen = queries.with_people(Comment.objects.filter(queries.visible(reader)))
    found = get_object_or_404(seen.prefetch_related("versions"), pk=pk)
    of = thread_or_404(found.thread_id, at, reader)
    root = found if found.root_id is None else get_object_or_404(seen, pk=found.root_id)
    begins = start_of(request)
    if begins is None and found.root_id is not None:
        begins = _page_start(root, found, reader)
    answers, following = queries.page_of_branch(root, begins, reader)
    supported = queries.supported_by(reader, [root.pk, *(each.pk for each in answers)])
    drawn = [wording.shown(each, reader, supported, is_open=may_write(of, at), at=at) for each in (root, *answers)]
    context = {
        **head(of.topic, at), "thread": of, "root": drawn[0], "answers": drawn[1:], "following": following, "found": found,
        "versions": [(each, texts.rendered(each.words)) for each in found.versions.all() if each.is_public and found.is_shown],
        "is_later": begins is not None,
    }  # fmt: skip
    return page(request, "comment", context)


def _page_start(root: Comment, found: Comment, reader: Any) -> int | None:
    """With which answer the page begins that holds the one asked for."""
    before = list(
        Comment.objects.filter(root=root).filter(queries.visible(reader)).order_by("written_at", "pk").values_list("pk", flat=True)
    )
    place = before.index(found.pk) if found.pk in before else 0
    first = place - place % queries.BRANCH
    return before[first] if first else None


@public
@require_safe
def print_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """All of a thread on one page, to be printed or read at a stretch."""
    at = database_now()
    found = thread_or_404(pk, at)
    rows = queries.with_people(Comment.objects.filter(thread=found).shown()).order_by("written_at", "pk")
    drawn = [wording.shown(each, None, set(), is_open=False, at=at) for each in rows[:MOST_PRINTED]]
    context = {
        **head(found.topic, at),
        "thread": found,
        "rows": drawn,
        "printed_at": at,
        "comments": wording.comments_in_words(found.comment_count),
    }
    return page(request, "print", context)


MOST_PRINTED = 5000


@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file beside a comment that everybody reads."""
    found = get_object_or_404(
        Attachment.objects.select_related("file", "comment__thread"), pk=pk, comment__erased_at=None, comment__hidden_at=None,
        comment__shown_at__isnull=False, file__state=FileState.CLEAN,
    )  # fmt: skip
    return attachment(found.file, read_allowed_file(file=found.file))


@require_safe
def feed(request: HttpRequest, form: str, slug: str = "") -> HttpResponse:
    """Where somebody wrote last: on the whole platform, or in a topic."""
    at = database_now()
    of = topic_or_404(slug, at) if slug else None
    threads = (
        Thread.objects.public(at).filter(topic__is_archive=False) if of is None else Thread.objects.public(at).filter(topic=of)
    )
    back = of.get_absolute_url() if of else reverse("forum:home")
    items = [_item(request, each) for each in threads.select_related("topic").order_by("-last_at", "-pk")[:FEED]]
    made = feeds.Feed(
        title=(of.title if of else _("Consultation platform")) + f" – {chrome.city()}", url=request.build_absolute_uri(),
        page_url=request.build_absolute_uri(back), language="pl", items=items, licence=settings.RATUSZ_LICENCE,
    )  # fmt: skip
    if form == "atom":
        return open_to_all(
            request, HttpResponse(feeds.atom(made), content_type="application/atom+xml; charset=utf-8"), made.updated
        )
    if form != "json":
        raise Http404
    answer = JsonResponse(feeds.json_feed(made), json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")
    return open_to_all(request, answer, made.updated)


def _item(request: HttpRequest, each: Thread) -> feeds.FeedItem:
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:{each.key}", url=request.build_absolute_uri(each.get_absolute_url()),
        title=each.title, summary=f"{each.topic.title}. {wording.comments_in_words(each.comment_count)}.",
        published=each.started_at, updated=each.last_at,
    )  # fmt: skip
