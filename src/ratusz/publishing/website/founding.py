"""The first pages of a new portal: a home page in each language and a list of news. Repeatable."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site, Task, Workflow

from .actions import bump_content_version
from .models import HomePage, NewsIndexPage, PublicPage

HOME_SLUGS = {"pl": "pl", "en": "en"}
NEWS_SLUGS = {"pl": "aktualnosci", "en": "news"}


@transaction.atomic
def found_portal(*, city: str, leads: dict[str, str], news_titles: dict[str, str]) -> dict[str, HomePage]:
    """Makes what is missing: locales, home pages, lists of news, the site pointing at the Polish home. Gives homes by language."""
    homes = {language: _home(city, language, leads.get(language, "")) for language in HOME_SLUGS}
    _translate(homes["pl"], homes["en"])
    _point_site_at(homes["pl"], city)
    lists = {
        language: add_page(homes[language], NewsIndexPage(title=news_titles[language], slug=slug, show_in_menus=True))
        for language, slug in NEWS_SLUGS.items()
    }
    _translate(lists["pl"], lists["en"])
    _name_what_wagtail_made()
    bump_content_version()
    return homes


def _home(city: str, language: str, lead: str) -> HomePage:
    locale, _made = Locale.objects.get_or_create(language_code=language)
    found = HomePage.objects.filter(locale=locale, depth=2).first()
    if found:
        return found
    root = Page.get_first_root_node()
    return root.add_child(instance=HomePage(title=city, slug=HOME_SLUGS[language], locale=locale, lead=lead))


def add_page(parent: Page, page: PublicPage) -> PublicPage:
    """Adds a published page under a parent, in its language; an existing page with that slug stays as it is and is returned."""
    found = parent.get_children().filter(slug=page.slug).first()
    if found:
        return found.specific
    page.locale = parent.locale
    added = Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    added.save_revision().publish()
    return added


def link_translations(one: Page, other: Page) -> None:
    """Says that two pages are the same in two languages."""
    _translate(one, other)


def _translate(one: Page, other: Page) -> None:
    if one.translation_key != other.translation_key:
        other.translation_key = one.translation_key
        other.save(update_fields=["translation_key"])


def _name_what_wagtail_made() -> None:
    """Wagtail's first workflow and the root of its tree have English names that stand on buttons and in paths."""
    with override("pl"):
        name, root = _("Approval by the editors"), _("Portal")
    Page.objects.filter(depth=1, title="Root").update(title=root, draft_title=root)
    Workflow.objects.filter(name="Moderators approval").update(name=name)
    Task.objects.filter(name="Moderators approval").update(name=name)


def _point_site_at(home: HomePage, city: str) -> None:
    welcome = [site.root_page_id for site in Site.objects.exclude(root_page=home.pk)]
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home, city
    site.save()
    Page.objects.filter(pk__in=welcome, depth=2, content_type__model="page").delete()
