"""Shows the gallery and its sample pages; no database is asked."""

from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.money import zlotys
from ratusz.ui.gallery import data, forms
from ratusz.ui.gallery.examples import examples

SAMPLES = {
    "strona-glowna": "Strona główna",
    "artykul": "Artykuł",
    "wyniki": "Wyniki głosowania",
    "dzielnica": "Dzielnica",
    "formularz": "Formularz z błędami",
}


def where_people_build(view):
    """A page for those who build or try Ratusz, missing elsewhere; asked at each request, so that the routes never differ."""

    @wraps(view)
    def shown_or_missing(request: HttpRequest, **arguments) -> HttpResponse:
        if not (settings.DEBUG or settings.DEMO):
            raise Http404
        return view(request, **arguments)

    return shown_or_missing


@require_safe
@where_people_build
def show_gallery(request: HttpRequest) -> HttpResponse:
    context = facts()
    shown = [{"example": example, "drawn": _draw(example.code, context, request)} for example in examples()]
    return _not_indexed(render(request, "ui/gallery/index.html", {"shown": shown, "samples": SAMPLES.items()}))


@require_safe
@where_people_build
def show_sample(request: HttpRequest, name: str) -> HttpResponse:
    if name not in SAMPLES:
        raise Http404
    return _not_indexed(render(request, f"ui/gallery/{name}.html", facts()))


def facts() -> dict:
    return {
        "banner": data.BANNER,
        "danger": data.DANGER,
        "tiles": data.TILES,
        "plain_tiles": data.PLAIN_TILES,
        "pool": data.POOL,
        "pool_text": zlotys(data.POOL),
        "funded": data.FUNDED,
        "left_text": data.LEFT,
        "misfit": data.MISFIT,
        "huge_misfit": data.HUGE_MISFIT,
        "three_funded": data.THREE_FUNDED,
        "many_funded": data.MANY_FUNDED,
        "stages": data.STAGES,
        "crumbs": data.CRUMBS,
        "result_columns": data.RESULT_COLUMNS,
        "result_rows": data.RESULT_ROWS,
        "facts": data.FACTS,
        "tasks": data.TASKS,
        "steps": data.STEPS,
        "files": data.FILES,
        "contents": data.CONTENTS,
        "day": data.DAY,
        "page": Paginator(range(180), 12).page(6),
        "form": forms.RemarkForm(),
        "wrong_form": forms.filled_wrongly(),
        "guarded_form": forms.Guarded(),
        "filter_form": forms.FilterForm(auto_id="filter_%s"),
        "place_form": forms.PlaceForm(auto_id="place_%s"),
        "picture_url": "/static/ui/plan.svg",
    }


def _draw(code: str, context: dict, request: HttpRequest) -> str:
    return engines["django"].from_string("{% load ui %}" + code).render(context, request)


def _not_indexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
