"""The doors of pages closed to the public: ours in place of Wagtail's sign-in, and a limit on the password of a page."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

pytestmark = pytest.mark.django_db


def test_wagtails_sign_in_by_password_alone_leads_to_ours(client):
    for method in (client.get, client.post):
        assert method("/_util/login/?next=/urzad/").url == "/konto/login/?next=/urzad/"


@pytest.fixture
def door():
    page = Page.objects.filter(depth__gte=2).first()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="otwórz się"
    )
    return f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"


def test_the_password_of_a_page_opens_it(client, door):
    assert client.post(door, {"password": "otwórz się", "return_url": "/"}).url == "/"


@pytest.mark.slow
def test_ten_wrong_passwords_and_the_right_one_is_refused_too(door):
    for _ in range(10):
        assert Client().post(door, {"password": "zgaduję", "return_url": "/"}).status_code == 200
    refused = Client().post(door, {"password": "otwórz się", "return_url": "/"})
    assert (refused.status_code, "15 minut" in refused.content.decode()) == (429, True)
