"""A small portal for tests: home pages in both languages, a list of news, and pages on demand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import Unit

from .founding import add_page, found_portal
from .models import AccessibilityDeclarationPage, ArticlePage, HomePage, NewsIndexPage, NewsPage, PageCare

NEWS_TITLES = {"pl": "Aktualności", "en": "News"}


def make_portal() -> dict[str, HomePage]:
    """Empty home pages by language."""
    return found_portal(city="Katowice", leads={}, news_titles=NEWS_TITLES)


def make_care() -> list[PageCare]:
    """A unit that looks after a page until half a year from now: without it no page passes the gates."""
    unit = Unit.objects.filter(short_name="OPIEKA").first() or UnitFactory(name="Wydział Opieki nad Stronami", short_name="OPIEKA")
    return [PageCare(owner_unit=unit, contact="opieka@ratusz.example", review_date=timezone.localdate() + timedelta(days=180))]


def make_news(homes: dict[str, HomePage], number: int = 1, **fields: Any) -> NewsPage:
    """A published piece of Polish news."""
    index = NewsIndexPage.objects.child_of(HomePage.objects.get(pk=homes["pl"].pk)).get()
    given = {
        "title": f"Wiadomość {number}",
        "slug": f"wiadomosc-{number}",
        "day": date(2026, 11, number),
        "lead": "Krótko o niej.",
        "care": make_care(),
    }
    return add_page(index, NewsPage(**given | fields))


def make_article(homes: dict[str, HomePage], **fields: Any) -> ArticlePage:
    """A published article under the Polish home page."""
    return add_page(
        homes["pl"], ArticlePage(**{"title": "Poradnik", "slug": "poradnik", "lead": "Co i jak.", "care": make_care()} | fields)
    )


def make_declaration(homes: dict[str, HomePage], **fields: Any) -> AccessibilityDeclarationPage:
    """A published accessibility declaration with everything it must have."""
    given = {
        "title": "Deklaracja dostępności", "slug": "deklaracja-dostepnosci", "body_name": "Urząd Miasta",
        "site_name": "Portal miasta",
        "site_address": "https://miasto.example/", "published_date": date(2026, 10, 2), "updated_date": date(2026, 11, 23),
        "status": "full", "drawn_up_date": date(2026, 11, 2), "contact_unit": "Wydział Komunikacji Społecznej",
        "contact_email": "dostepnosc@miasto.example", "contact_phone": "32 555 01 45", "architecture": "<p>Winda.</p>",
        "communication": "<p>Pętla.</p>", "care": make_care(),
    }  # fmt: skip
    return add_page(homes["pl"], AccessibilityDeclarationPage(**given | fields))
