"""The budget under its own domain and brand: which host answers what, and its profiles in networks."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from ratusz.foundation.audit.models import Entry
from ratusz.participation.budget.models import Edition, Profile
from ratusz.participation.budget.tests.test_staff_screens import sign_in_as
from ratusz.publishing.website.own_sites import full_address
from ratusz.ui import tokens

pytestmark = pytest.mark.django_db
CITY, BUDGET = "miasto.example", "budzet.example"


@pytest.fixture
def hosts(settings):
    settings.PUBLIC_ADDRESS, settings.BUDGET_ADDRESS = f"https://{CITY}", f"https://{BUDGET}"
    settings.BUDGET_FORMER_HOSTS, settings.ALLOWED_HOSTS = ["bo.example"], [CITY, BUDGET, "bo.example"]
    settings.BUDGET_LEADS_THERE = True
    return settings


@pytest.fixture
def edition():
    return Edition.objects.create(
        city="Katowice", year=2019, number=6, slug="2019", state="published", published_at="2019-10-01T00:00Z"
    )


def asked(host, path, **more):
    return Client().get(path, headers={"host": host}, secure=True, **more)


def test_each_page_is_answered_by_its_own_host(hosts, edition):
    """Host, path asked → status and where it leads; None: answered here."""
    table = {
        (CITY, "/budzet-obywatelski/"): (301, f"https://{BUDGET}/budzet-obywatelski/"),
        (CITY, "/budzet-obywatelski/2019/?sort=pula"): (301, f"https://{BUDGET}/budzet-obywatelski/2019/?sort=pula"),
        (CITY, "/en/budzet-obywatelski/2019/"): (301, f"https://{BUDGET}/en/budzet-obywatelski/2019/"),
        (CITY, "/glosuj/2019/pl/"): (301, f"https://{BUDGET}/glosuj/2019/pl/"),
        (CITY, "/budzet-obywatelski/%C5%82awka/"): (301, f"https://{BUDGET}/budzet-obywatelski/%C5%82awka/"),
        (CITY, "/dzielnice/"): (200, None),
        (BUDGET, "/"): (302, "/budzet-obywatelski/"),
        (BUDGET, "/en/"): (302, "/en/budzet-obywatelski/"),
        (BUDGET, "/budzet-obywatelski/2019/"): (200, None),
        (BUDGET, "/numer/"): (200, None),
        (BUDGET, "/-/live"): (200, None),
        (BUDGET, "/dzielnice/?q=1"): (302, f"https://{CITY}/dzielnice/?q=1"),
        (BUDGET, "/admin/"): (302, f"https://{CITY}/admin/"),
        ("bo.example", "/"): (301, f"https://{BUDGET}/budzet-obywatelski/"),
        ("bo.example", "/budzet-obywatelski/2019/"): (301, f"https://{BUDGET}/budzet-obywatelski/2019/"),
        ("obcy.example", "/budzet-obywatelski/"): (400, None),
    }
    found = {case: asked(*case) for case in table}
    assert {case: (answer.status_code, answer.get("Location")) for case, answer in found.items()} == table
    assert found[CITY, "/budzet-obywatelski/"]["Cache-Control"] == "public, max-age=3600"


def test_the_budgets_host_has_its_brand_and_the_citys_has_the_citys(hosts, edition):
    hosts.BUDGET_LEADS_THERE = False
    ours, the_citys = (asked(host, "/budzet-obywatelski/2019/").content.decode() for host in (BUDGET, CITY))
    one_address = f'<link rel="canonical" href="https://{BUDGET}/budzet-obywatelski/2019/">'
    assert one_address in ours and one_address in the_citys
    assert 'data-brand="budget"' in ours and "icon-budget.svg" in ours and "Budżet Obywatelski, Katowice</title>" in ours
    assert 'name="rodzaj" value="budget"' in ours and f'href="https://{CITY}/"' in ours
    assert "data-brand" not in the_citys and "icon-budget.svg" not in the_citys and "– Katowice</title>" in the_citys


def test_a_form_is_answered_where_it_stood(hosts):
    """Nobody's typed words are lost to a redirect; the form's token belongs to its host."""
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/numer/", headers={"host": BUDGET}, secure=True)
    sent = {"number": "X", "csrfmiddlewaretoken": page.cookies["csrftoken"].value}
    answers = [
        browser.post("/numer/", sent, headers={"host": BUDGET, "origin": f"https://{origin}"}, secure=True).status_code
        for origin in (BUDGET, CITY)
    ]
    assert answers == [200, 403]


def test_letters_and_papers_name_the_host_a_page_belongs_to(hosts):
    assert [full_address(path) for path in ("/budzet-obywatelski/2019/", "/en/glosuj/x/", "/spotkania/")] == [
        f"https://{BUDGET}/budzet-obywatelski/2019/", f"https://{BUDGET}/en/glosuj/x/", f"https://{CITY}/spotkania/",
    ]  # fmt: skip
    hosts.BUDGET_ADDRESS = ""
    assert full_address("/budzet-obywatelski/2019/") == f"https://{CITY}/budzet-obywatelski/2019/"
    answer = asked(CITY, "/budzet-obywatelski/")
    assert answer.status_code == 200 and "canonical" not in answer.content.decode()


FACTS = {"network": "facebook", "name": "@budzet", "address": "https://facebook.example/budzet", "about": "Głosy i zbudowane projekty.",
         "position": "0"}  # fmt: skip


def test_a_profile_is_written_once_shown_everywhere_and_closed(client):
    """Typed by the coordinator; on the budget's start page and on the page of profiles; closed it is named as no longer ours."""
    assert client.get(reverse("budget_staff_profiles")).status_code == 302
    person, screen = sign_in_as(client, "budget_coordinator"), reverse("budget_staff_profiles")
    refused = client.post(screen, FACTS | {"deed": "save", "address": "http://facebook.example/budzet"}).content.decode()
    assert "zaczyna się od https://" in refused and "Głosy i zbudowane projekty." in refused and not Profile.objects.exists()
    assert client.post(screen, FACTS | {"deed": "save"}).url == screen
    assert "jest już na liście" in client.post(screen, FACTS | {"deed": "save"}).content.decode()
    profile = Profile.objects.get()
    client.post(f"{screen}?profile={profile.pk}", FACTS | {"deed": "save", "name": "@budzet.katowice"})
    for page in (reverse("budget:editions"), reverse("budget:profiles")):
        text = Client().get(page).content.decode()
        assert "Facebook: @budzet.katowice" in text and "Głosy i zbudowane projekty." in text
    client.post(screen, {"deed": "close", "profile": profile.pk})
    assert "zamknięty" in client.post(screen, {"deed": "close", "profile": profile.pk}, follow=True).content.decode()
    assert "@budzet.katowice" not in Client().get(reverse("budget:editions")).content.decode()
    closed = Client().get(reverse("budget:profiles")).content.decode()
    assert "Już nie nasze" in closed and "@budzet.katowice" in closed
    client.post(screen, FACTS | {"deed": "save", "name": "@budzet.znowu"})
    again = Client().get(reverse("budget:profiles")).content.decode()
    assert "Facebook: @budzet.znowu" in again and "Już nie nasze" not in again, "kept once more"
    deeds = list(
        Entry.objects.filter(actor_id=str(person.pk), deed__startswith="budget.").order_by("pk").values_list("deed", flat=True)
    )
    assert deeds == ["budget.save_profile", "budget.save_profile", "budget.close_profile", "budget.save_profile"]
    for wrong in ({"address": "http://x.example/"}, {"about": ""}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Profile.objects.filter(pk=profile.pk).update(**wrong)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_of_the_brand_stand_out_as_the_citys_do(theme):
    from ratusz.ui.tests.test_tokens import ON

    colours = tokens.read(theme, "budget")
    assert colours != tokens.read(theme)
    assert [pair for pair in ON if tokens.contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    steps = [tokens.contrast(colours[f"level-{level}"], colours["paper"]) for level in range(5)]
    assert steps == sorted(steps)
    with pytest.raises(KeyError):
        tokens.read(theme, "nobody")
