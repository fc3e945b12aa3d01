"""What upper modules bring to a consultation: how forms of a kind work, parts of its page, what the report still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ratusz.foundation.kit.registries import Registry


@dataclass(frozen=True)
class Gap:
    """One thing a report may not be published without. `words` say in Polish what is missing, `url` leads to where it is mended."""

    code: str
    words: str
    url: str = ""
    is_warning: bool = False
    """A warning is told and does not refuse."""


@dataclass(frozen=True)
class Count:
    """Numbers of one form and channel for the report; received = valid + the invalid ones by code + wrong_form."""

    channel: str
    received: int
    valid: int
    invalid: dict[str, int] = field(default_factory=dict)
    """Reason code (N01 …) to its number."""
    wrong_form: int = 0
    area: str = ""


@dataclass(frozen=True)
class FormKind:
    """How forms of one kind behave. All functions take the form; those of time take the moment, too."""

    take_part_url: Callable[[Any, datetime], str] = lambda form, at: ""
    """Where people take part; "" when it is not possible at that moment."""
    staff_url: Callable[[Any], str] = lambda form: ""
    """Where staff prepare and run it."""
    counts: Callable[[Any], Iterable[Count]] = lambda form: ()
    gaps: Callable[[Any, datetime], Iterable[Gap]] = lambda form, at: ()
    """What the report still lacks from this form."""
    report_blocks: Callable[[Any, datetime], list[Any]] = lambda form, at: []
    """Blocks of casework.documents with its results, without personal data."""
    prepare: Callable[[Any, Any], str] | None = None
    """f(form, person): makes the thing behind the form (a survey, a meeting) and gives its key, in the transaction of planning."""
    paper: Callable[[Any, datetime], Any] | None = None
    """An accessible paper form as casework.documents.registries.Paper; None: there is none."""
    behind: Callable[[Sequence[Any]], dict[int, Any]] | None = None
    """What stands behind forms of the kind, asked at once: number of the form to its thing. None: the form itself is the thing."""


form_kinds: Registry[FormKind] = Registry("kinds of forms of consultations")
"""Named by the code in packs/forms.toml. A code without an entry here has only its facts: date, place, summary."""


def kind_of(form: Any) -> FormKind | None:
    """How forms of its kind behave; None where a form has only its facts."""
    return form_kinds[form.kind] if form.kind in form_kinds else None  # noqa: SIM401


def bring_things(forms: Iterable[Any]) -> None:
    """What stands behind each form, for `thing_of`: one query a kind, however many forms a page shows."""
    some: dict[Callable[[Sequence[Any]], dict[int, Any]], list[Any]] = {}
    for form in forms:
        kind = kind_of(form)
        if kind is not None and kind.behind is not None:
            some.setdefault(kind.behind, []).append(form)
    for behind, alike in some.items():
        found = behind(alike)
        for form in alike:
            form.__dict__[KEPT] = found.get(form.pk)


KEPT = "_thing"


def thing_of(form: Any, ask: Callable[[], Any]) -> Any:
    """What was brought for the form, else what `ask` finds."""
    return form.__dict__[KEPT] if KEPT in form.__dict__ else ask()


def number_in(form: Any, prefix: str) -> int | None:
    """The number in the form's key ("surveys.survey:12"); None for another key or none."""
    number = form.subject.removeprefix(prefix)
    return int(number) if form.subject.startswith(prefix) and number.isdecimal() else None


def by_number(forms: Iterable[Any], prefix: str, rows: Any) -> dict[int, Any]:
    """Number of each form to the row its key names; one query."""
    wanted = {form.pk: number for form in forms if (number := number_in(form, prefix)) is not None}
    found = rows.in_bulk(list(wanted.values()))
    return {form: found.get(number) for form, number in wanted.items()}


@dataclass(frozen=True)
class Part:
    """A part of a consultation's page: a template with its own words."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


asked_at_once: Registry[Callable[[], Any]] = Registry("numbers asked together with a consultation's page")
"""name of an attribute -> f() giving an expression over a consultation: a part of the page reads it and asks nothing by itself."""
public_parts: Registry[Callable[[Any, datetime], Part | None]] = Registry("parts of a consultation's public page")
"""name -> f(consultation, at): the remark box, threads, the report."""
staff_parts: Registry[Callable[[Any, Any, datetime], Part | None]] = Registry("parts of a consultation's page for staff")
"""name -> f(consultation, person, at)."""
report_gaps: Registry[Callable[[Any, datetime], Iterable[Gap]]] = Registry("what a report may not be published without")
"""name -> f(consultation, at)."""
change_listeners: Registry[Callable[[Any, str], None]] = Registry("who is told of what happens to a consultation")
"""name -> f(consultation, event), in its transaction; events: "announced", "extended", "cancelled", "reported", "outcome"."""


@dataclass(frozen=True)
class ToNotify:
    """Somebody to write to about a consultation: a district council, an organisation, a school. `url` leads to their contact."""

    name: str
    kind: str
    district: int | None = None
    url: str = ""


to_notify: Registry[Callable[[Any, bool, datetime], Iterable[ToNotify]]] = Registry("whom to write to about a consultation")
"""name -> f(districts, is_city_wide, at): those of the reached districts."""


@dataclass(frozen=True)
class SeriesPaper:
    """A paper of a whole series. `make(title, consultations, at)` gives its bytes; a ValueError says why there is none."""

    label: Any
    file_name: str
    media_type: str
    make: Callable[[str, list[Any], datetime], bytes]


series_papers: Registry[SeriesPaper] = Registry("papers of a whole series of consultations")
"""Name in the address ("raporty", "raport-zbiorczy") to the paper: the report machine brings them."""


def tell(consultation: Any, event: str) -> None:
    """Something happened to the consultation that others follow."""
    for listener in change_listeners:
        listener(consultation, event)
