"""Facts in rows: tables, summaries, tasks, pages of a long list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.ui.parts import Column, Fact, Task

register = template.Library()

STATES = {
    "draft": pgettext_lazy("state", "draft"),
    "waiting": pgettext_lazy("state", "with"),
    "approved": pgettext_lazy("state", "approved"),
    "sent": pgettext_lazy("state", "sent"),
    "closed": pgettext_lazy("state", "closed"),
}


@register.inclusion_tag("ui/parts/state.html")
def state(name: str, who: str = ""):
    """One of the five words for state; for "waiting" `who` says with whom: "u: Wydział Budynków"."""
    return {"name": name, "word": STATES[name], "who": who}


@register.inclusion_tag("ui/parts/tag.html")
def tag(label: str, tone: str = ""):
    """A word that marks a thing. `tone`: "" (quiet), "strong", "good", "late", "marker"."""
    return {"label": label, "tone": tone}


@register.inclusion_tag("ui/parts/summary_list.html")
def summary_list(facts: Sequence[Fact]):
    return {"facts": facts}


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(tasks: Sequence[Task]):
    """What is to be done, with the state of each; done ones say so."""
    return {"tasks": tasks}


@register.inclusion_tag("ui/parts/data_table.html")
def data_table(caption: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], layout: str = "stack", note: str = ""):
    """A table. Rows map a column's key to a value or a Cell.

    `layout` on a narrow screen: "stack" (each row becomes a block of labelled lines) or "scroll" (the table keeps its form).
    """
    body = [[{"column": column, **_cell(row.get(column.key, ""))} for column in columns] for row in rows]
    return {"caption": caption, "columns": columns, "body": body, "layout": layout, "note": note}


def _cell(value: Any) -> dict[str, Any]:
    names = ("text", "url", "note", "share", "state")
    if not hasattr(value, "text"):
        return {"text": value}
    return {name: getattr(value, name) for name in names}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context, page: Page, parameter: str = "strona"):
    """Earlier, later and numbered pages of a list; the other parameters of the address are kept."""
    request = context.get("request")

    def address(number: int) -> str:
        query = request.GET.copy() if request else {}
        query[parameter] = number
        return "?" + (query.urlencode() if request else f"{parameter}={number}")

    numbers = [
        {"number": number, "url": "" if number == page.paginator.ELLIPSIS else address(number), "is_current": number == page.number}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "earlier_url": address(page.previous_page_number()) if page.has_previous() else "",
        "later_url": address(page.next_page_number()) if page.has_next() else "",
        "title": _("Pages of the list"),
    }
