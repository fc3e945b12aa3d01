"""Forms: every control with its label, hint and error tied together, as GOV.UK does it."""

from collections.abc import Iterator

from django import template
from django.forms import BaseFormSet, BoundField, CheckboxInput, CheckboxSelectMultiple, Form, RadioSelect, Textarea
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ratusz.foundation.kit.words import grouped
from ratusz.ui import languages
from ratusz.ui.forms import DatePartsWidget

register = template.Library()


@register.inclusion_tag("ui/parts/button.html")
def button(label: str, kind: str = "", name: str = "", value: str = ""):
    """A submit button. `kind`: "" (the one main deed), "secondary", "warning" (cannot be undone)."""
    return {"label": label, "kind": kind, "name": name, "value": value}


@register.inclusion_tag("ui/parts/button.html")
def link_button(label: str, url: str, kind: str = ""):
    """A link that starts something; looks like a button. `kind` "start" has an arrow."""
    return {"label": label, "kind": kind, "url": url}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(*parts: Form | BaseFormSet | None):
    """All errors of what is sent at once, forms and sets of forms, on top of the page: each with its label and a link to it.

    A form of a set may say which one it is: its `legend` goes before the label. Draws nothing without errors.
    """
    entries = [entry for part in parts if part is not None for entry in _errors_of(part)]
    return {"entries": entries}


def _errors_of(part: Form | BaseFormSet) -> Iterator[dict[str, str]]:
    if isinstance(part, BaseFormSet):
        yield from ({"text": text, "target": ""} for text in part.non_form_errors())
        for form in part.forms:
            yield from _errors_of(form)
        return
    legend = getattr(part, "legend", "")
    yield from ({"text": text, "target": ""} for text in part.non_field_errors())
    for bound in part.visible_fields():
        # A field inside a question may have another name up here, where nobody sees the question around it.
        called = str(getattr(bound.field, "summary_label", "") or bound.label)
        label = ", ".join(filter(None, (legend, called.rstrip("?:"))))
        yield from ({"text": f"{label}: {text}", "target": _first_control(bound)} for text in bound.errors)


@register.simple_tag
def error_prefix(*parts: Form | BaseFormSet | None) -> str:
    """Goes first in <title>: "Błąd: " when a form has errors, so that a screen reader says so before anything else."""
    return _("Error: ") if any(part is not None and part.is_bound and not part.is_valid() for part in parts) else ""


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, hint: str = "", label: str = "", width: str = "", is_heading: bool = False):
    """One field of a form with label, hint and error. `width`: "", "short" (a postcode), "medium" (a phone number).

    `is_heading` makes the label the page's h1, for one question a page.
    """
    kind = _kind(bound)
    hint = hint or bound.help_text
    described = [f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(bound.errors)
    context = {"bound": bound, "kind": kind, "hint": hint, "label": label or bound.label, "is_heading": is_heading}
    context["limit"] = limit = _limit(bound)
    context["most"] = grouped(limit) if limit else ""
    context["described_by"] = " ".join(described)
    if kind in ("control", "checkbox"):
        context["control"] = bound.as_widget(attrs=_attributes(bound, kind, width, described))
    return context


@register.inclusion_tag("ui/parts/form_fields.html")
def form_fields(form: Form):
    """All fields of a form in their order, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("ui/parts/sending_guard.html")
def sending_guard(form: Form):
    """What keeps machines out of a form whose class is guarded, inside its <form>: a trap and a sum for the browser, no puzzle.

    `form.guard` has `challenge`, `bits`, `answer`, `wait_seconds` (how long a form without scripts waits) and `trap`, an id.
    """
    return {"guard": form.guard}  # type: ignore[attr-defined]


@register.inclusion_tag("ui/parts/form_languages.html", takes_context=True)
def form_languages(context):
    """Links to the same form in Polish, English and Ukrainian, for views under `languages.also_in_ukrainian`."""
    return {"links": languages.links_of(context["request"].path, get_language() or "pl")}


@register.simple_tag
def speaking() -> str:
    """What an address on such a page ends with, so that the next page speaks Ukrainian, too; "" in the portal's languages."""
    return f"?{languages.PARAMETER}={languages.UKRAINIAN}" if get_language() == languages.UKRAINIAN else ""


@register.inclusion_tag("ui/parts/filters.html")
def filters(form: Form, action: str = "", submit_label: str = "", reset_url: str = ""):
    """A GET form that narrows a list; nothing changes until one presses the button."""
    return {"form": form, "action": action, "submit_label": submit_label, "reset_url": reset_url}


@register.inclusion_tag("ui/parts/search_box.html")
def search_box(action: str, label: str, value: str = "", name: str = "q", submit_label: str = "", hint: str = "", part: str = ""):
    """One visible field and its button: the search page, "Sprawdź po numerze".

    `part`: id of the part of the page that answers. With `{% htmx %}` in the head it changes while one types, and what stands
    in the element `<part>-status` is read out; without scripts the button loads the page anew.
    """
    return {
        "action": action,
        "label": label,
        "value": value,
        "name": name,
        "submit_label": submit_label,
        "hint": hint,
        "part": part,
    }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, DatePartsWidget):
        return "date"
    if isinstance(widget, CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, RadioSelect):
        return "radios"
    return "checkbox" if isinstance(widget, CheckboxInput) else "control"


def _attributes(bound: BoundField, kind: str, width: str, described: list[str]) -> dict[str, str]:
    attributes = {"class": "choice__control" if kind == "checkbox" else f"control control--{width}".removesuffix(" control--")}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if _limit(bound):
        # The browser's own maxlength cuts what people paste; the count tells them instead.
        attributes["maxlength"] = False
    return attributes


def _limit(bound: BoundField) -> int | None:
    """The most characters of a text area; short fields need no counting."""
    return getattr(bound.field, "max_length", None) if isinstance(bound.field.widget, Textarea) else None


def _first_control(bound: BoundField) -> str:
    if _kind(bound) in ("radios", "checkboxes", "date"):
        return f"{bound.auto_id}_0"
    return bound.auto_id
