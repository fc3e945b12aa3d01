"""Pages of the gallery answer without a database; assets are compressed, kept for a year, and few."""

import gzip
import re

import pytest
from django.http import Http404
from django.template.loader import get_template
from django.urls import reverse

from ratusz.ui import assets
from ratusz.ui.views import gallery
from ratusz.ui.views.files import serve_asset

PAGES = ["/wzornik/", *(f"/wzornik/{name}/" for name in gallery.SAMPLES)]


def test_an_asset_is_kept_for_a_year_and_compressed(client):
    answer = client.get(assets.address("ratusz.css"), headers={"Accept-Encoding": "gzip"})
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Vary"].split(", ")[0] == "Accept-Encoding"
    assert gzip.decompress(answer.content) == client.get(assets.address("ratusz.css")).content


def test_an_address_from_before_an_upgrade_leads_to_the_present_file(client):
    assert client.get(reverse("ui:asset", args=["000000000000", "ratusz.css"]))["Location"] == assets.address("ratusz.css")


def test_only_our_own_files_are_assets(rf):
    for name in ("nothing.css", "..", "tokens.py", "ratusz-sans.ttf"):
        with pytest.raises(Http404):
            serve_asset(rf.get("/"), "000000000000", name)


def test_css_and_the_first_font_leave_room_for_htmx_in_50_kilobytes():
    names = ("ratusz.css", "ratusz-sans.woff2", "count.js", "errors.js", "receipt.js", "proof.js", "proof-worker.js")
    weight = sum(len(assets.asset(name).packed or assets.asset(name).content) for name in names)
    assert weight <= 33_000
    assert weight + len(assets.asset("htmx.js").packed) <= 50_000


def test_components_never_name_a_colour():
    for source in assets.style_sources()[1:]:
        assert not re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(", source.read_text(encoding="utf-8")), source.name


def test_every_used_token_is_declared():
    text = "".join(source.read_text(encoding="utf-8") for source in assets.style_sources())
    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) - set(re.findall(r"--([a-z0-9-]+):", text)) == set()


@pytest.mark.parametrize("address", PAGES)
def test_sample_pages_answer_without_a_database(client, settings, address):
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert html.count("<h1") == 1
    for link in ("Deklaracja dostępności", "(ETR)", "(PJM)", "Kontakt", "Prywatność", "Atom", "Sprawdź po numerze", "Kod źródłowy"):
        assert link in html


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "500.html", "503.html"])
def test_refusals_come_up_without_a_database_or_a_request(name):
    html = get_template(name).render()
    assert html.count("<h1") == 1
    assert '<html lang="pl">' in html
    assert assets.address("ratusz.css") in html


def test_the_gallery_is_not_there_for_residents(rf, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        gallery.show_gallery(rf.get("/wzornik/"))
    with pytest.raises(Http404):
        gallery.show_sample(rf.get("/wzornik/wyniki/"), name="wyniki")
