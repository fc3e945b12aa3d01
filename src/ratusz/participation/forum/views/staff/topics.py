"""Topics and categories: the list with its filters, a new one, one with its threads and their deeds."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.once.sending import once_only
from ratusz.participation.forum import actions, queries, rules, wording
from ratusz.participation.forum.forms_staff import (
    CategoryForm,
    LockForm,
    MergeForm,
    MoveForm,
    OfficeThreadForm,
    TopicFilter,
    TopicForm,
)
from ratusz.participation.forum.models import Category, Thread, Topic
from ratusz.participation.forum.views.staff.deeds import check, press

ROWS = 40


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, also those not open yet; narrowed and sorted as chosen."""
    at = check(request, "see")
    form = TopicFilter(request.GET)
    found = Paginator(form.narrowed(queries.all_topics(), at), ROWS).get_page(request.GET.get("strona"))
    rows = [
        {"topic": each, "days": wording.days_for_staff(each, at), "label": wording.label_of(each), "threads": each.thread_count}
        for each in found
    ]
    context = {
        "form": form, "rows": rows, "slice": found, "may_manage": rules.may(request.user, "manage", None, at),
        "may_import": rules.may(request.user, "import", None, at), "categories": Category.objects.all(),
        "owed": queries.owed().count(),
    }  # fmt: skip
    return render(request, "forum/staff/topics.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def category(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new category, or the facts of one."""
    check(request, "manage")
    found = get_object_or_404(Category, pk=pk) if pk else Category()
    form = CategoryForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        try:
            actions.save_category(category=form.instance, person=request.user)
            messages.success(request, _("The category is saved."))
            return redirect("forum_topics")
        except rules.ForumRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "forum/staff/edit.html", {"form": form, "title": found.name or _("New category")})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """A new topic, or the facts of one."""
    at = check(request, "manage")
    found = get_object_or_404(Topic, pk=pk, is_archive=False) if pk else Topic(opens_at=at)
    form = TopicForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        try:
            made = actions.save_topic(topic=form.instance, districts=form.cleaned_data["districts"], person=request.user)
            messages.success(request, _("The topic is saved."))
            return redirect("forum_topic", made.pk)
        except rules.ForumRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "forum/staff/edit.html", {"form": form, "title": found.title or _("New topic")})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic with its threads; a thread that the Office starts is written here."""
    at = check(request, "see")
    found = get_object_or_404(Topic.objects.select_related("category", "unit", "consultation"), pk=pk)
    form = OfficeThreadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not rules.may(request.user, "manage", found, at):
        check(request, "manage")
    if form.is_valid():
        try:
            actions.start_office_thread(topic=found, person=request.user, **form.cleaned_data)
            messages.success(request, _("The thread is started."))
            return redirect("forum_topic", pk)
        except rules.ForumRefused as refusal:
            form.add_error(None, str(refusal))
    threads = Thread.objects.filter(topic=found).select_related("author", "merged_into").order_by("-last_at", "-pk")
    threads = threads if rules.sees_hidden(request.user, found, at) else threads.filter(is_shown=True)
    context = {
        "topic": found, "slice": Paginator(threads, ROWS).get_page(request.GET.get("strona")), "form": form,
        "label": wording.label_of(found), "scope": wording.scope_of(found), "days": wording.days_for_staff(found, at),
        "may_manage": rules.may(request.user, "manage", found, at), "is_open": found.is_open(at), "kinds": ("csv", "pdf", "docx"),
    }  # fmt: skip
    return render(request, "forum/staff/topic.html", context)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic is closed early, or open again."""
    found = get_object_or_404(Topic, pk=pk)
    deeds: dict[str, Any] = {
        "close": (partial(actions.close_topic, topic=found, person=request.user), _("The topic is closed: one reads it.")),
        "reopen": (partial(actions.reopen_topic, topic=found, person=request.user), _("The topic is open again.")),
    }
    deed, said = deeds.get(request.POST.get("deed", ""), (None, ""))
    if deed is None:
        raise Http404
    return press(request, deed, said, "forum_topic", pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """One thread with its comments, whose reading is recorded; it is locked or unlocked, moved, merged into another."""
    check(request, "manage")
    found = get_object_or_404(Thread.objects.select_related("topic", "merged_into"), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {
        "lock": LockForm(request.POST if deed == "lock" else None, prefix="lock"),
        "move": MoveForm(request.POST if deed == "move" else None, prefix="move", thread=found),
        "merge": MergeForm(request.POST if deed == "merge" else None, prefix="merge"),
    }
    if deed and deed not in {*forms, "unlock"}:
        raise Http404
    if deed == "unlock" or (deed and forms[deed].is_valid()):
        try:
            messages.success(request, _done(request, deed, found, forms))
            return redirect("forum_thread", pk)
        except rules.ForumRefused as refusal:
            messages.error(request, str(refusal))
    comments = found.comments.select_related("author", "unit", "intake").order_by("written_at", "pk")
    page = Paginator(comments, ROWS).get_page(request.GET.get("strona"))
    record_read(subject=found, fields=["author", "words"], actor=request.user)
    return render(request, "forum/staff/thread.html", {"thread": found, "forms": forms, "slice": page})


def _done(request: HttpRequest, deed: str, found: Thread, forms: dict[str, Any]) -> str:
    person = request.user
    if deed == "lock":
        actions.lock_thread(thread=found, is_locked=True, reason=forms["lock"].cleaned_data["reason"], person=person)
        return _("The thread is locked.")
    if deed == "unlock":
        actions.lock_thread(thread=found, is_locked=False, person=person)
        return _("One can write in the thread again.")
    if deed == "move":
        actions.move_thread(thread=found, to=forms["move"].cleaned_data["topic"], person=person)
        return _("The thread is moved. Its address stays.")
    actions.merge_threads(thread=found, into=forms["merge"].cleaned_data["into"], person=person)
    return _("The threads are merged. The old address leads to the other one.")
