"""Words staff read in Wagtail's admin: no English left in its scripts, buttons that are Polish sentences, a menu of the department."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
import wagtail.admin
from babel.messages.pofile import read_po
from django.core.files.images import ImageFile
from django.urls import reverse
from wagtail.admin.paginator import WagtailPaginator
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from ratusz.publishing.website.blocks import PictureBlock
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import ArticlePage, HomePage, NewsIndexPage, PortalImage, PrivacyPage, SectionPage
from ratusz.publishing.website.views.staff import GAPS

pytestmark = pytest.mark.django_db
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def portal():
    return make_portal()


@pytest.fixture
def editor(staff_client):
    return staff_client("editor")


def test_every_word_of_wagtails_scripts_is_polish(editor):
    catalogue = editor.get("/admin/jsi18n/?language=pl", headers={"accept": "application/json"}).content.decode()

    assert '"Changes have been autosaved.": "Zmiany zapisa\\u0142y si\\u0119 same."' in catalogue


def test_the_gaps_of_wagtails_scripts_are_those_we_fill():
    folder = Path(wagtail.admin.__file__).parent / "locale"
    english, polish = (read_po(BytesIO((folder / code / "LC_MESSAGES/djangojs.po").read_bytes())) for code in ("en", "pl"))
    has_polish = {message.id for message in polish if message.id and message.string}

    missing = {message.id for message in english if message.id and message.id not in has_polish}

    assert missing == {*GAPS, "%(time_zone_option)s: %(localized_time_zone_label)s"}


@pytest.mark.slow
def test_buttons_that_add_rows_are_sentences(editor, portal):
    page = PrivacyPage.objects.first() or portal["pl"].add_child(instance=PrivacyPage(title="Prywatność", slug="prywatnosc"))

    form = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "Wskaż, kto opiekuje się tą stroną" in form
    assert "Dodaj klauzulę" in form
    assert "Dodaj opieka" not in form


def test_lists_say_how_many_without_declining_a_noun():
    assert str(WagtailPaginator(range(1234), 20).items_count_label) == "Razem: 1\N{NO-BREAK SPACE}234"


def test_the_menu_leads_straight_to_the_news(editor, portal):
    news = NewsIndexPage.objects.get(locale__language_code="pl")

    assert f'"url": "{reverse("wagtailadmin_explore", args=[news.pk])}"' in editor.get("/admin/").content.decode()


def test_no_page_is_made_where_no_address_leads():
    assert set(ArticlePage.clean_parent_page_models()) == {HomePage, SectionPage, ArticlePage}
    assert HomePage.clean_parent_page_models() == [Page]


def test_the_source_page_names_the_licence_and_where_the_source_is(client, portal, settings):
    assert "napisz do nas" in client.get("/kod-zrodlowy/").content.decode().lower()

    settings.RATUSZ_SOURCE_ADDRESS = "https://kod.katowice.example/ratusz"

    assert 'href="https://kod.katowice.example/ratusz"' in client.get("/kod-zrodlowy/").content.decode()


def test_a_picture_without_words_is_refused_with_a_sentence(portal):
    block = PictureBlock()
    image = PortalImage.objects.create(title="park.png", file=ImageFile(BytesIO(PIXEL), name="park.png"))

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"image": {"image": image.pk, "alt_text": "", "decorative": False}, "caption": ""}))

    (sentence,) = refused.value.block_errors["image"].block_errors["alt_text"].messages
    assert sentence == "Napisz, co widać na obrazie, albo zaznacz, że to tylko ozdoba."
    assert image.default_alt_text == ""
