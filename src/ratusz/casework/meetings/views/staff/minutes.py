"""Minutes on the desk of the Office: writing while the meeting runs, looking, approving, publishing, files."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.blocks import plain
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import actions, queries_minutes, rules
from ratusz.casework.meetings.forms_minutes import VoiceForm
from ratusz.casework.meetings.minutes import checking, spoken
from ratusz.casework.meetings.minutes.addresses import path_of
from ratusz.casework.meetings.minutes.content import FROZEN, content_of
from ratusz.casework.meetings.minutes.document import document_of
from ratusz.casework.meetings.minutes.forms import ShownBlock, changes_of, shown_block
from ratusz.casework.meetings.minutes.kinds import KINDS, kinds_for
from ratusz.casework.meetings.minutes.reasons import reasons_not_public
from ratusz.casework.meetings.minutes.rendition import public_of
from ratusz.casework.meetings.models import Meeting, Minutes, MinutesBlock
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.foundation.audit.actions import record, record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.made_files import DOCX
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit


def minutes_for(request: HttpRequest, pk: int, deed: str) -> Minutes:
    """The minutes of a meeting, for somebody who may do the deed there; 404 before they are begun."""
    meeting = meeting_for(request, pk, deed)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise Http404
    minutes.meeting = meeting
    return minutes


def meeting_for(request: HttpRequest, pk: int, deed: str) -> Meeting:
    """The meeting, for somebody who may do the deed there."""
    rows = Meeting.objects.select_related("place", "district", "series", "owner_unit").prefetch_related("duties__person")
    meeting = get_object_or_404(rows, pk=pk)
    if not rules.may(request.user, deed, meeting, database_now()):
        raise PermissionDenied
    return meeting


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All minutes with whose move it is, and meetings that still wait for theirs."""
    at = database_now()
    if not rules.may(request.user, "see", None, at):
        raise PermissionDenied
    return render(request, "meetings/staff/minutes_register.html", {"rows": queries_minutes.register(at)})


@once_only
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins the minutes of a meeting and opens them."""
    meeting = meeting_for(request, pk, "write_minutes")
    actions.begin_minutes(meeting=meeting, person=request.user)
    return redirect("meetings_minutes_write", pk)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The one screen of whoever takes minutes. A saving that meets somebody else's words shows both."""
    meeting = meeting_for(request, pk, "write_minutes")
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None and request.method != "POST":
        return render(request, "meetings/staff/minutes_none.html", {"meeting": meeting})
    if minutes is None:
        raise Http404
    minutes.meeting = meeting
    if not minutes.is_open:
        return redirect("meetings_minutes_look", pk)
    blocks = list(minutes.blocks.standing())
    if request.method != "POST":
        return _page(request, minutes, blocks)
    changes = changes_of(request.POST, blocks)
    mine = {each.key: each.fields for each in changes}
    voice = VoiceForm(request.POST, prefix="voice")
    try:
        saved = actions.save_minutes(minutes=minutes, changes=changes, person=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, minutes, blocks, mine, status=409, voice_form=voice)
    kept = {block.key: mine[block.key] for block in saved.conflicts}
    try:
        goes_to = _do(request, minutes, voice) if not kept else ""
    except Refused as refusal:
        messages.error(request, str(refusal))
        goes_to = ""
    if not goes_to:
        return _page(request, minutes, list(minutes.blocks.standing()), kept, status=409 if kept else 422, voice_form=voice)
    return redirect(goes_to)


def _do(request: HttpRequest, minutes: Minutes, voice: VoiceForm) -> str:
    """What the pressed button wants beside saving; where to go next, nowhere when the new voice lacks its words."""
    here = request.path
    post, person = request.POST, request.user
    if post.get("voice"):
        if not voice.is_valid():
            return ""
        actions.write_voice(meeting=minutes.meeting, person=person, **voice.cleaned_data)
        return f"{here}#nowy-glos"
    for name, act in _DEEDS.items():
        if value := post.get(name):
            return f"{here}#b-{act(minutes, value, post, person)}"
    messages.success(request, _("Saved."))
    return here


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as problem:
        raise Http404 from problem


def _add(minutes: Minutes, value: str, post: Any, person: Any) -> Any:
    after = post.get("after")
    return actions.add_block(minutes=minutes, kind=value, person=person, after=_key(after) if after else None).key


def _act(action: Callable[..., Any], **facts: Any) -> Callable[..., Any]:
    def act(minutes: Minutes, value: str, post: Any, person: Any) -> str:
        action(minutes=minutes, key=_key(value), person=person, **facts)
        return value

    return act


_DEEDS: dict[str, Callable[..., Any]] = {
    "add": _add, "remove": _act(actions.remove_block), "restore": _act(actions.restore_block),
    "up": _act(actions.move_block, up=True), "down": _act(actions.move_block, up=False),
}  # fmt: skip


def _page(
    request: HttpRequest, minutes: Minutes, blocks: list[MinutesBlock], kept: dict[uuid.UUID, dict[str, Any]] | None = None, *,
    status: int = 200, voice_form: VoiceForm | None = None,
) -> HttpResponse:  # fmt: skip
    meeting = minutes.meeting
    shown = _shown_blocks(minutes, blocks, kept or {})
    voices = spoken.voices_of(meeting)
    context = {
        "minutes": minutes, "meeting": meeting, "blocks": shown, "voices": voices, "requests": spoken.requests_of(meeting),
        "agenda": spoken.agenda_of(meeting), "guests": spoken.guests_of(meeting),
        "kinds": kinds_for(meeting.rules_of_kind.minutes.template), "voice_form": voice_form or VoiceForm(prefix="voice"),
        "removed": [(block, KINDS[block.kind].words) for block in minutes.blocks.exclude(removed_at=None)],
        "in_conflict": [each for each in shown if each.theirs],
        "has_floor": any(each.block.kind == "voices" for each in shown),
    }  # fmt: skip
    return render(request, "meetings/staff/minutes_write.html", context, status=status)


def _shown_blocks(minutes: Minutes, blocks: list[MinutesBlock], kept: dict[uuid.UUID, dict[str, Any]]) -> list[ShownBlock]:
    units = [(unit.pk, str(unit)) for unit in Unit.objects.order_by("name")]
    frozen = [block.fields[FROZEN] for block in blocks if block.fields.get(FROZEN)]
    points = frozen[0] if frozen else spoken.open_points_of(minutes.meeting, database_now())
    facts = {"units": units, "reasons": reasons_not_public(), "points": points}
    return [shown_block(block, typed=kept.get(block.key), **facts) for block in blocks]


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """The same saving without leaving the page: new revisions, and whatever others have changed since."""
    minutes = minutes_for(request, pk, "write_minutes")
    blocks = list(minutes.blocks.standing().select_related("changed_by"))
    changes = changes_of(request.POST, blocks)
    try:
        saved = actions.save_minutes(minutes=minutes, changes=changes, person=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=409)
    blocks = list(minutes.blocks.standing().select_related("changed_by"))
    shown = {each.key: each for each in _shown_blocks(minutes, blocks, {})}
    mine = {str(each.key) for each in changes} - {str(block.key) for block in saved.conflicts}
    theirs = []
    for key, each in shown.items():
        seen = request.POST.get(f"b-{key}-revision")
        if seen and seen != str(each.revision) and key not in mine:
            fields = {one.name: one.value for one in each.fields} | {
                name: value for one in each.fields for name, _l, value in one.rows
            }
            theirs.append(
                {"key": key, "revision": each.revision, "was": each.was, "fields": fields, "by": str(each.block.changed_by or ""),
                 "conflict": any(str(block.key) == key for block in saved.conflicts)}
            )  # fmt: skip
    kept = {key: {"revision": shown[key].revision, "was": shown[key].was} for key in mine if key in shown}
    gone = [str(block.key) for block in saved.conflicts if str(block.key) not in shown]
    return JsonResponse({"kept": kept, "theirs": theirs, "gone": gone})


@require_safe
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """How it will be: the whole text, the public one, what is missing, versions."""
    return _look(request, minutes_for(request, pk, "see"))


def _look(
    request: HttpRequest, minutes: Minutes, missing: list[str] | None = None, *, status: int = 200, typed: str = ""
) -> HttpResponse:
    at, person = database_now(), request.user
    is_public = request.GET.get("widok") != "calosc"
    versions = list(minutes.versions.select_related("publication", "approved_by").defer("publication__pdf", "publication__docx"))
    blocks = list(minutes.blocks.standing())
    content = content_of(minutes, blocks, at) if minutes.is_open or not versions else checking.whole_content(versions[0])
    public = public_of(content)
    if not is_public:
        record_read(subject=minutes, fields=["canonical"], actor=person)
    context = {
        "minutes": minutes, "meeting": minutes.meeting, "is_public": is_public, "title": content["title"],
        "blocks": plain(document_of(public if is_public else content)), "versions": versions, "missing": missing, "typed": typed,
        "obstacles": checking.obstacles(minutes, blocks, at) if minutes.is_open else [],
        "personal": checking.personal_words(public, content, at) if minutes.is_public else [],
        "may_approve": minutes.is_open and rules.may(person, "approve_minutes", minutes.meeting, at),
        "may_write": rules.may(person, "write_minutes", minutes.meeting, at),
        "may_publish": _waits_to_go_out(minutes) and rules.may(person, "publish_minutes", minutes.meeting, at),
        "public_url": path_of(minutes) if any(hasattr(each, "publication") for each in versions) else "",
        "decisions": [block for block in blocks if block.made_number],
        "may_choose": minutes.meeting.rules_of_kind.minutes.publication != "no",
    }  # fmt: skip
    return render(request, "meetings/staff/minutes_look.html", context, status=status)


def _waits_to_go_out(minutes: Minutes) -> bool:
    return minutes.state == "approved" and minutes.is_public


@once_only
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the minutes: approve, publish, begin a new version, choose who reads them."""
    minutes = minutes_for(request, pk, "see")
    deed, words = request.POST.get("deed", ""), request.POST.get("words", "")
    if deed not in _STEPS:
        raise Http404
    act, said = _STEPS[deed]
    try:
        act(minutes, words, request.user)
    except NotYours as refusal:
        raise PermissionDenied from refusal
    except checking.NotReady as refusal:
        return _look(request, minutes, refusal.missing, status=409, typed=words)
    except Refused as refusal:
        return _look(request, minutes, [str(refusal)], status=409, typed=words)
    messages.success(request, str(said))
    return redirect("meetings_minutes_write" if deed == "reopen" else "meetings_minutes_look", pk)


def _approve(minutes: Minutes, words: str, person: Any) -> Any:
    return actions.approve_minutes(minutes=minutes, person=person)


def _publish(minutes: Minutes, words: str, person: Any) -> Any:
    return actions.publish_minutes(minutes=minutes, person=person, let_through=words)


def _reopen(minutes: Minutes, words: str, person: Any) -> Any:
    return actions.reopen_minutes(minutes=minutes, what_changes=words, person=person)


def _show(minutes: Minutes, words: str, person: Any) -> Any:
    return actions.decide_publicity(minutes=minutes, is_public=True, reason="", person=person)


def _hide(minutes: Minutes, words: str, person: Any) -> Any:
    return actions.decide_publicity(minutes=minutes, is_public=False, reason=words, person=person)


_STEPS: dict[str, tuple[Callable[[Minutes, str, Any], Any], Any]] = {
    "approve": (_approve, gettext_lazy("The minutes are approved.")),
    "publish": (_publish, gettext_lazy("The minutes are published.")),
    "reopen": (_reopen, gettext_lazy("A new version is open. The published one stays until you publish this one.")),
    "show": (_show, gettext_lazy("Everybody will read these minutes.")),
    "hide": (_hide, gettext_lazy("These minutes stay in the Office.")),
}


@require_safe
def file(request: HttpRequest, pk: int, which: str, ending: str) -> HttpResponse:
    """The whole or the public text as it stands, as PDF or DOCX; a download of the whole is recorded."""
    minutes = minutes_for(request, pk, "see")
    versions = list(minutes.versions.all()[:1])
    is_draft = minutes.is_open or not versions
    content = (
        content_of(minutes, list(minutes.blocks.standing()), database_now()) if is_draft else checking.whole_content(versions[0])
    )
    if which == "calosc":
        record(deed="meetings.download_minutes", subject=minutes, after={"format": ending}, actor=request.user)
    shown = content if which == "calosc" else public_of(content)
    mark = "" if is_draft else versions[0].sha256 if which == "calosc" else versions[0].public_sha256
    note = _("Draft, not approved.") if is_draft else _("Whole text, for the Office only.") if which == "calosc" else ""
    document = document_of(shown, mark=mark, note=note)
    made = pdf_of_document(document) if ending == "pdf" else docx_of_document(document)
    answer = HttpResponse(made, content_type="application/pdf" if ending == "pdf" else DOCX)
    answer["Content-Disposition"], answer["Cache-Control"] = f'inline; filename="protokol-{pk}-{which}.{ending}"', "no-store"
    return answer
