"""Remarks on the map for everybody: marks to press, lines and areas, and below it the same remarks as a list."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from shapely.geometry import shape

from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.territory.city_map import city_frame, city_map
from ratusz.foundation.territory.plan import Frame
from ratusz.foundation.territory.queries import plan_districts
from ratusz.foundation.territory.rules import read_point
from ratusz.participation.remarks import mapping, queries
from ratusz.participation.remarks.forms import PublicFilter
from ratusz.participation.remarks.views.public import consultation_of, row_of, wanted

LISTED = 25
"""Remarks below the map at once."""


@never_cache
@require_safe
def remarks_on_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public remark with a place, narrowed like the list; a mark of many leads nearer, one of one to its remark."""
    found, form = consultation_of(slug), PublicFilter(request.GET)
    placed = queries.with_place(queries.narrowed(queries.public_remarks(found), wanted(form), is_public=True))
    districts = plan_districts()
    whole = city_frame(districts)
    view = _view(request, whole)
    frame = mapping.frame_of(whole, view)
    outlines = [(each.name, shape(each.outline)) for each in districts if each.outline]
    shown = mapping.seen(frame, mapping.spots_of(placed.order_by("number").values_list("number", "place")), outlines)
    after = plain_number(request.GET.get("po", "")) or 0
    rest = [number for number in shown.numbers if number > after]
    page = queries.page_of(placed.filter(number__in=rest[:LISTED]), is_public=True)
    links = _Links(request, view)
    context = {
        "consultation": found, "form": form, "map": city_map(districts=districts, frame=frame), "shown": shown,
        "total": len(shown.numbers), "marks": [_mark(each, view, links) for each in shown.marks],
        "moves": _moves(frame, view, links), "rows": [row_of(each, page) for each in page.rows], "query": links.query,
        "more": links.on(rest[LISTED - 1]) if len(rest) > LISTED else "", "first": links.on(0) if after else "",
    }  # fmt: skip
    return render(request, "remarks/map.html", context)


def _view(request: HttpRequest, whole: Frame) -> mapping.View:
    """The view asked for; the whole city for anything that is not one."""
    steps = min(plain_number(request.GET.get("zoom", "")) or 0, mapping.NEAREST)
    place = read_point(request.GET.get("miejsce", "")) if steps else None
    return mapping.View(steps, *mapping.within(whole, *place)) if place else mapping.View(0, *mapping.middle_of(whole))


class _Links:
    """Addresses of other views with the same filter."""

    def __init__(self, request: HttpRequest, view: mapping.View):
        self.kept = [(name, value) for name, value in request.GET.items() if name in PublicFilter.base_fields and value]
        self.query = urlencode(self.kept)
        self.view = view

    def to(self, steps: int, place: Any) -> str:
        """The view so near, around a place with longitude and latitude."""
        where = [("zoom", steps), ("miejsce", f"{place.latitude:.5f},{place.longitude:.5f}")] if steps else []
        return "?" + urlencode([*self.kept, *where])

    def on(self, after: int) -> str:
        """The same view with the list after a number."""
        return self.to(self.view.steps, self.view) + (f"&po={after}" if after else "") + "#lista"


def _moves(frame: Frame, view: mapping.View, links: _Links) -> list[tuple[str, str]]:
    """Words and addresses of the views beside this one."""
    moves = [(_("Nearer"), links.to(view.steps + 1, view))] if view.steps < mapping.NEAREST else []
    if not view.steps:
        return moves
    moves += [(_("Further"), links.to(view.steps - 1, view)), (_("Whole city"), links.to(0, view))]
    sides = ((_("North"), 0, 0.5), (_("South"), 0, -0.5), (_("West"), -0.5, 0), (_("East"), 0.5, 0))
    return moves + [(words, links.to(view.steps, mapping.moved(frame, view, east, north))) for words, east, north in sides]


def _mark(mark: mapping.Mark, view: mapping.View, links: _Links) -> dict[str, Any]:
    count = len(mark.numbers)
    where = f", {mark.district}" if mark.district else ""
    if count == 1:
        label, url = _("remark no. %(number)s") % {"number": mark.numbers[0]} + where, f"../{mark.numbers[0]}/"
    else:
        words = ngettext("%(count)s remark%(where)s: look nearer", "%(count)s remarks%(where)s: look nearer", count)
        label = words % {"count": count, "where": where}
        url = links.to(view.steps + 1, mark) if view.steps < mapping.NEAREST else "#lista"
    return {"x": f"{mark.x:.0f}", "y": f"{mark.y:.0f}", "count": str(count), "label": label, "url": url, "is_one": count == 1}
