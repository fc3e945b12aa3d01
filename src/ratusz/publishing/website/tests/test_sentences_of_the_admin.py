"""Sentences staff read after they did something: Polish quotes, no gender of a noun guessed, one button to write news."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import gettext

from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.territory.actions import load_districts
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import NewsIndexPage
from ratusz.publishing.website.templatetags.website_admin import in_words

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SAID = [
    "%(model_name)s '%(object)s' created.", "%(model_name)s '%(object)s' updated.", "%(model_name)s '%(object)s' deleted.",
    "The %(model_name)s could not be created due to errors.", "The %(model_name)s could not be saved due to errors.",
    "Page '%(page_title)s' unpublished.", "Page '%(page_title)s' has been published.", "Page '%(page_title)s' created.",
    "Workflow on page '%(page_title)s' has been restarted.", "Page '%(page_title)s' has been submitted for moderation.",
    'The page "%(title)s" has been rejected in moderation stage "%(task)s".',
    'The page "%(title)s" has been approved in moderation stage "%(task)s".',
    "The email address and/or password you specified are not correct.", "Are you sure you want to sign out?", "Deactivate",
    "Authenticator secret", "slug", "title tag", "meta description",
]  # fmt: skip
WRONG = re.compile(r"""['"]|utworzony|został|mógł|moderacj|i/lub|wylogować \?|[Dd]ezaktyw|sekret|[Ss]lug|Tag|meta\b""")


def test_no_sentence_has_straight_quotes_or_a_guessed_gender():
    assert {words: gettext(words) for words in SAID if gettext(words) == words or WRONG.search(gettext(words))} == {}


def test_a_new_unit_is_told_in_good_polish_and_shown_without_keys(staff_client):
    client = staff_client("administrator")
    facts = {"name": "Wydział Łączności", "short_name": "WŁ", "kind": "office_unit", "email": "", "phone": "", "address": ""}
    page = client.post("/admin/units/new/", facts, follow=True).text
    assert "„Wydział Łączności” (komórka): dodano." in page
    shown = client.get(f"/admin/units/inspect/{UnitFactory().pk}/").text
    assert [word for word in ("<dd>None", "<dd>False", "Sort key", "<dt>ID</dt>") if word in shown] == []
    assert "<dd>nie</dd>" in shown


def test_lists_say_yes_and_no():
    assert [str(in_words(value)) for value in (True, False, None, "", 0, "tekst")] == ["tak", "nie", "–", "–", "0", "tekst"]
    cell = render_to_string("wagtailadmin/tables/boolean_cell.html", {"value": False, "column": {"classname": ""}})
    assert cell.strip() == "<td>nie</td>"


def test_appointments_show_days(staff_client):
    made = AppointmentFactory(role_code="moderator")
    client = staff_client("administrator")
    for address in ("/admin/appointments/", f"/admin/appointments/inspect/{made.pk}/"):
        page = client.get(address).text
        assert ("1 stycznia 2026 r." in page, "01:00" in page, "00:00" in page) == (True, False, False)


def test_news_is_written_from_the_desk_from_the_menu_and_from_the_list(staff_client):
    make_portal()
    news = NewsIndexPage.objects.get(locale__language_code="pl")
    new = f"/admin/pages/add/ratusz_website/newspage/{news.pk}/"
    editor = staff_client("editor")
    button = f'<a class="button" href="{new}">Napisz aktualność</a>'
    assert (button in editor.get("/admin/").text, button in editor.get(f"/admin/pages/{news.pk}/").text) == (True, True)
    assert f'"url": "{new}"' in editor.get("/admin/").text
    assert "Napisz aktualność" not in staff_client("treasurer").get("/admin/").text


def test_districts_in_the_form_of_news_stand_as_polish_sorts_them(staff_client):
    load_districts()
    make_portal()
    news = NewsIndexPage.objects.get(locale__language_code="pl")
    form = staff_client("editor").get(f"/admin/pages/add/ratusz_website/newspage/{news.pk}/").context["form"]
    names = [str(label) for _value, label in form.fields["districts"].choices]
    assert (names == sorted(names, key=polish_sort_key), len(names)) == (True, 22)
