"""One account per role, signed in with one button, in the demo on this machine and nowhere else."""

import pytest

from ratusz.demo import people
from ratusz.demo.accounts import DEMO_ACCOUNTS
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Appointment, Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EMAILS = {each.code: each.email for each in DEMO_ACCOUNTS}
LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def loaded():
    people.load(lambda words: None)


@pytest.fixture
def demo(settings, loaded):
    settings.DEMO = True


def test_loading_twice_makes_nothing_twice(loaded):
    people.load(lambda words: None)
    assert (Unit.objects.count(), Appointment.objects.count(), User.objects.count()) == (18, 19, 19)
    assert set(EMAILS) == set(Appointment.objects.values_list("role__code", flat=True))


def test_units_sort_as_polish_sorts_them(loaded):
    names = list(Unit.objects.filter(kind="entity").values_list("short_name", flat=True))
    assert names == ["MBP", "MOPS", "MOSIR", "MZUIM", "ZZM"]


@pytest.mark.parametrize("code", sorted(EMAILS))
def test_one_button_opens_the_staff_pages(client, demo, code):
    page = client.get("/demo/konta", **LOCAL)
    assert EMAILS[code] in page.content.decode()
    answer = client.post("/demo/konta", {"account": User.objects.get(email=EMAILS[code]).pk}, **LOCAL)
    home = "/intranet/" if code == "employee" else "/admin/"
    assert answer.url == home
    assert client.get(home, **LOCAL).status_code == 200


def test_a_scanned_code_leads_through_the_accounts_back_to_its_page(client, demo):
    wanted = client.get("/intranet/?kto=wszyscy", **LOCAL)["Location"]
    sign_in = client.get(wanted, **LOCAL).text
    assert 'href="/demo/konta?next=%2Fintranet%2F%3Fkto%3Dwszyscy"' in sign_in
    page = client.get("/demo/konta?next=%2Fintranet%2F%3Fkto%3Dwszyscy", **LOCAL).text
    assert '<input type="hidden" name="next" value="/intranet/?kto=wszyscy">' in page
    account = User.objects.get(email=EMAILS["employee"])
    assert (
        client.post("/demo/konta", {"account": account.pk, "next": "/intranet/?kto=wszyscy"}, **LOCAL).url
        == "/intranet/?kto=wszyscy"
    )
    assert client.post("/demo/konta", {"account": account.pk, "next": "https://zly.example/"}, **LOCAL).url == "/intranet/"


def test_the_sign_in_names_the_accounts_in_the_demo_on_this_machine_alone(client, demo, settings):
    assert 'href="/demo/konta"' in client.get("/konto/login/", **LOCAL).text
    assert "/demo/konta" not in client.get("/konto/login/", **LOCAL | {"HTTP_VIA": "1.1 proxy"}).text
    settings.DEMO = False
    assert "/demo/konta" not in client.get("/konto/login/", **LOCAL).text


@pytest.mark.parametrize(
    "change",
    [
        {"REMOTE_ADDR": "192.0.2.1"},
        {"HTTP_HOST": "ratusz.example"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
    ],
)
def test_from_elsewhere_there_is_no_such_page(client, demo, settings, change):
    settings.ALLOWED_HOSTS = ["*"]
    account = User.objects.get(email=EMAILS["editor"])
    assert client.get("/demo/konta", **{**LOCAL, **change}).status_code == 404
    assert client.post("/demo/konta", {"account": account.pk}, **{**LOCAL, **change}).status_code == 404


def test_without_the_demo_there_is_no_such_page(client, loaded):
    account = User.objects.get(email=EMAILS["editor"])
    assert client.post("/demo/konta", {"account": account.pk}, **LOCAL).status_code == 404
    assert "_auth_user_id" not in client.session


def test_real_accounts_have_no_button(client, demo):
    real = User.objects.create_user("ktos@example.pl", is_staff=True)
    assert client.post("/demo/konta", {"account": real.pk}, **LOCAL).status_code == 404
    assert client.post("/demo/konta", {"account": "abc"}, **LOCAL).status_code == 404


def test_no_demo_account_has_a_password(loaded):
    assert not any(account.has_usable_password() for account in User.objects.all())
