"""Writing a message, changing its facts with what follows shown first, writing the text of one place."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages as notices

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.messages import actions, queries, rules, wording
from ratusz.publishing.messages.forms import CorrectionForm, FactsForm, MessageForm, PictureForm, VariantForm
from ratusz.publishing.messages.models import FactsVersion, Message
from ratusz.publishing.messages.outlets import outlet_of
from ratusz.publishing.messages.views.staff.opening import opened, tried, variant_of
from ratusz.publishing.messages.views.staff.presentation import fact_changes
from ratusz.publishing.messages.whereabouts import place_in_words

FORM = ["GET", "HEAD", "POST"]


@once_only
@require_http_methods(FORM)
def new_message(request: HttpRequest) -> HttpResponse:
    """One form for facts and texts."""
    at = database_now()
    if not rules.may(request.user, "write", None, at):
        raise PermissionDenied
    typed, said = _place_asked(request, MessageForm)
    form = MessageForm(request.POST if request.method == "POST" and not said else None, initial=typed, person=request.user, at=at)
    if form.is_valid():
        message = actions.write_message(person=request.user, facts=form.facts(), **form.own())
        notices.success(request, _("%(number)s is written. Read each text, then hand it in.") % {"number": message.reference})
        return redirect("messages_message", message.pk)
    context = {"form": form, "page_title": _("New message"), "placeholders": wording.PLACEHOLDERS, "said": said}
    return render(request, "messages/staff/form.html", context)


@require_http_methods(FORM)
@opened("write")
def change_facts(request: HttpRequest, message: Message) -> HttpResponse:
    """First what will follow, then the change itself. Somebody else's change meanwhile is shown beside what was typed."""
    assert message.facts is not None
    posted = request.POST if request.method == "POST" else None
    typed, said = _place_asked(request, FactsForm)
    form = FactsForm(None if said else posted, initial=typed or queries.facts_of(message.facts))
    newer = _changed_meanwhile(message, posted)
    if not form.is_valid() or newer:
        return _facts_page(request, message, form, newer, said)
    before = queries.content_of(message, message.facts)
    facts = rules.renewed(queries.facts_of(message.facts), form.facts(), database_now())
    after = queries.content_of(message, FactsVersion(message=message, number=0, **facts))
    found = queries.consequences(message, before, after)
    changes = fact_changes(before, after)
    if not changes:
        notices.warning(request, _("Nothing has changed."))
        return redirect("messages_message", message.pk)
    is_out = any(each.is_sent for each in found)
    is_confirmed = request.POST.get("deed") == "save"
    moments = (before.facts["stan_na"], after.facts["stan_na"])  # that it is known anew is no news to whoever reads a correction
    correction = (
        _correction_form(request, message, [each for each in changes if each[1:] != moments], is_confirmed) if is_out else None
    )
    if is_confirmed and (correction is None or correction.is_valid()):
        return _save_facts(request, message, form, correction)
    context = {
        "message": message, "form": form, "changes": changes, "correction": correction, "page_title": _("What will follow"),
        "rows": [(outlet_of(each.variant.outlet).name, each) for each in found], "version": message.facts.number,
    }  # fmt: skip
    return render(request, "messages/staff/consequences.html", context)


def _changed_meanwhile(message: Message, posted: Any) -> rules.ChangedMeanwhile | None:
    if posted is None or message.facts is None or plain_number(posted.get("version", "")) in (None, message.facts.number):
        return None
    return rules.ChangedMeanwhile(message.facts)


def _place_asked(request: HttpRequest, form: type[FactsForm]) -> tuple[dict[str, Any] | None, list[str]]:
    """Whoever asked what the program knows of the typed place: all that was typed, and the answer."""
    if request.method != "POST" or request.POST.get("deed") != "place":
        return None, []
    typed = form.typed(request.POST)
    return typed, place_in_words(typed)


def _facts_page(request: HttpRequest, message: Message, form: FactsForm, newer: Any, said: list[str] | None = None) -> HttpResponse:
    assert message.facts is not None
    context: dict[str, Any] = {
        "message": message, "form": form, "page_title": _("Change facts: %(number)s") % {"number": message.reference},
        "placeholders": wording.PLACEHOLDERS, "version": message.facts.number, "newer": newer, "said": said,
    }  # fmt: skip
    if newer and form.is_valid():
        typed = queries.content_of(message, FactsVersion(message=message, number=0, **form.facts()))
        context["differences"] = fact_changes(queries.content_of(message, message.facts), typed)
    return render(request, "messages/staff/form.html", context, status=409 if newer else 200)


def _correction_form(
    request: HttpRequest, message: Message, changes: list[tuple[str, str, str]], is_confirmed: bool
) -> CorrectionForm:
    given: dict[str, Any] = {"prefix": "correction", "language": message.language, "at": database_now()}
    if is_confirmed:
        return CorrectionForm(request.POST, **given)
    facts = [change for change in changes if change[1] and change[2] and "\n" not in change[1] + change[2]]
    wrong, right = ("; ".join(f"{change[0]}: {change[index]}" for change in facts)[:500] for index in (1, 2))
    return CorrectionForm(**given, initial={"was_wrong": wrong, "is_right": right})


def _save_facts(request: HttpRequest, message: Message, form: FactsForm, correction: CorrectionForm | None) -> HttpResponse:
    version = plain_number(request.POST.get("version", "")) or 0
    words = correction.cleaned_data if correction else None
    try:
        actions.change_facts(message=message, person=request.user, expected=version, facts=form.facts(), correction=words)
    except rules.ChangedMeanwhile as newer:
        message.refresh_from_db()
        return _facts_page(request, message, form, newer)
    except rules.Refused as refusal:
        notices.error(request, str(refusal))
        return redirect("messages_message", message.pk)
    told = (
        _("The facts are changed. A second person publishes the correction.")
        if words
        else _("The facts are changed. Read the texts again.")
    )
    notices.success(request, told)
    return redirect("messages_message", message.pk)


@require_http_methods(FORM)
@opened("write")
def edit_variant(request: HttpRequest, message: Message, variant_pk: int) -> HttpResponse:
    """The text of one place, with the text made from the facts beside it."""
    variant = variant_of(message, variant_pk)
    assert message.facts is not None
    content, outlet = queries.content_of(message, message.facts), outlet_of(variant.outlet)
    form = VariantForm(
        request.POST if request.method == "POST" else None, initial={"written": variant.written, "revision": variant.revision}
    )
    preview, newer, status = "", None, 200
    if form.is_valid():
        written, revision = form.cleaned_data["written"], form.cleaned_data["revision"]
        if request.POST.get("deed") == "preview":
            preview = wording.filled(written, content) if written.strip() else wording.derived(outlet, content)
        else:
            try:
                actions.edit_variant(variant=variant, written=written, person=request.user, expected=revision)
            except rules.ChangedMeanwhile as refusal:
                newer, status = refusal, 409
            except rules.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                notices.success(request, _("The text for %(place)s is kept.") % {"place": outlet.name})
                return redirect("messages_message", message.pk)
    context = {
        "message": message, "variant": variant, "outlet": outlet, "form": form, "preview": preview, "newer": newer,
        "facts": [(name, value) for name, value in content.facts.items() if value], "derived": wording.derived(outlet, content),
        "revision": newer.newer.variant.revision if newer else variant.revision,
        "page_title": _("%(place)s: text of %(number)s") % {"place": outlet.name, "number": message.reference},
    }  # fmt: skip
    return render(request, "messages/staff/variant.html", context, status=status)


@require_http_methods(FORM)
@opened("write")
def picture(request: HttpRequest, message: Message) -> HttpResponse:
    """The picture with its words and rights; one that is there can be taken out."""
    if request.POST.get("deed") == "remove":
        tried(request, lambda: actions.remove_picture(message=message, person=request.user), _("The picture is out."))
        return redirect("messages_message", message.pk)
    given = (
        {"alt": message.picture.alt, "author": message.picture.author, "licence": message.picture.licence}
        if hasattr(message, "picture")
        else {}
    )
    form = PictureForm(request.POST or None, request.FILES or None, initial=given)
    if request.method == "POST" and form.is_valid():
        chosen = dict(form.cleaned_data)
        file = chosen.pop("file")
        try:
            actions.set_picture(message=message, upload=file, name=file.name, person=request.user, **chosen)
        except (rules.Refused, ValidationError) as refusal:
            form.add_error("file", refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
        else:
            notices.success(request, _("The picture is kept."))
            return redirect("messages_message", message.pk)
    title = _("Picture of %(number)s") % {"number": message.reference}
    context = {"message": message, "form": form, "given": given, "page_title": title}
    return render(request, "messages/staff/picture.html", context)
