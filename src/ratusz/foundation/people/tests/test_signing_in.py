"""Staff sign in with a second factor; limits are exact; sessions begin anew and can be ended."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.people import actions
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import User
from ratusz.foundation.units.actions import sync_all_access
from ratusz.foundation.units.factories import AppointmentFactory

pytestmark = pytest.mark.django_db
PASSWORD = "długie hasło bez wzorca"
SECRET = "JBSWY3DPEHPK3PXP"


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


@pytest.fixture
def staff():
    account = UserFactory(email="redakcja@example.pl", is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def enrolled(staff):
    TOTP.activate(staff, SECRET)
    return staff


def sign_in(client: Client, password: str = PASSWORD, email: str = "redakcja@example.pl", **extra):
    return client.post("/konto/login/", {"login": email, "password": password}, **extra)


def sign_in_with_code(client: Client):
    answer = sign_in(client)
    assert answer.url == "/konto/2fa/authenticate/"
    return client.post("/konto/2fa/authenticate/", {"code": code_now()})


def test_staff_without_a_second_factor_are_led_to_set_one_up(client, staff):
    assert sign_in(client).url == "/admin/"
    answer = client.get("/admin/")
    assert answer.url == "/konto/drugi-skladnik/?next=%2Fadmin%2F"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "klucz" in page.content.decode()
    assert client.get("/konto/2fa/totp/activate/").status_code == 200, "no second question for the password just typed"


@pytest.mark.slow
def test_setting_up_an_app_ends_with_the_codes_and_leads_to_work_without_another_code(client, staff):
    AppointmentFactory(person=staff)
    sync_all_access()
    sign_in(client)
    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    codes = client.post("/konto/2fa/totp/activate/", {"code": code}, follow=True)
    page = codes.content.decode()
    assert codes.request["PATH_INFO"] == "/konto/2fa/recovery-codes/"
    assert ('href="/admin/">Przejdź do pracy</a>' in page, 'type="checkbox"' in page) == (True, False)
    assert client.get("/admin/").status_code == 200


@pytest.mark.slow
def test_staff_with_a_second_factor_get_in_only_after_showing_it(client, enrolled):
    sign_in(client)
    assert client.get("/admin/").url == "/konto/login/?next=%2Fadmin%2F"
    assert sign_in_with_code(client).url == "/admin/"
    assert client.get("/admin/").status_code == 403, "without a role there is nothing to see yet, and no circle of redirects"
    AppointmentFactory(person=enrolled)
    sync_all_access()
    assert client.get("/admin/").status_code == 200


def test_a_session_that_never_showed_the_second_factor_is_asked(client, enrolled):
    client.force_login(enrolled)
    assert client.get("/admin/").url == "/konto/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_residents_do_not_enter_staff_pages(client):
    client.force_login(UserFactory())
    assert client.get("/admin/").status_code == 403


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/password_reset/"])
def test_wagtails_own_doors_are_shut(client, staff, path):
    assert client.post(path, {"username": staff.email, "password": PASSWORD}).url.startswith("/konto/login/")


def test_a_recovery_code_works_once(client, enrolled):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    code = RecoveryCodes.activate(enrolled).generate_codes()[0]
    sign_in(client)
    assert client.post("/konto/2fa/authenticate/", {"code": code}).url == "/admin/"
    other = Client()
    sign_in(other)
    assert other.post("/konto/2fa/authenticate/", {"code": code}).status_code == 200


def test_secrets_of_second_factors_are_not_readable_in_the_database(enrolled):
    from allauth.mfa.models import Authenticator

    assert SECRET not in str(list(Authenticator.objects.values()))


def test_signing_in_starts_a_new_session(client, enrolled):
    client.get("/konto/login/")
    client.session["trap"] = 1
    session = client.session
    session.save()
    client.cookies["session"] = session.session_key
    planted = session.session_key
    sign_in_with_code(client)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies[next(name for name in client.cookies if "session" in name)] = planted
    assert thief.get("/admin/").url.startswith("/konto/login/")


def test_disabling_an_account_ends_its_sessions(client, enrolled):
    sign_in_with_code(client)
    actions.disable_account(account=enrolled)
    assert client.get("/konto/2fa/").url.startswith("/konto/login/")
    assert sign_in(client).status_code in (200, 302)
    assert client.get("/konto/2fa/").url.startswith("/konto/login/")


def test_an_administrator_can_end_all_sessions(client, enrolled):
    sign_in_with_code(client)
    assert client.get("/konto/2fa/").status_code == 200
    actions.end_sessions(account=enrolled)
    assert client.get("/konto/2fa/").url.startswith("/konto/login/")
    assert Entry.objects.filter(deed="people.end_sessions").count() == 1


def test_ten_wrong_passwords_and_the_right_one_is_refused_too(client, staff):
    for attempt in range(10):
        answer = sign_in(client, "zgaduję", headers={"X-Forwarded-For": f"198.51.100.{attempt}"})
        assert "Zbyt wiele" not in answer.content.decode()
    answer = sign_in(client, headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 200
    assert "Zbyt wiele" in answer.content.decode()
    assert Entry.objects.filter(deed="people.fail_sign_in").count() == 10
    assert Entry.objects.filter(deed="people.refuse_sign_in").count() == 1


@pytest.mark.slow
def test_one_address_may_fail_fifty_times(client):
    for attempt in range(50):
        sign_in(client, "zgaduję", email=f"osoba{attempt}@example.pl", headers={"X-Forwarded-For": f"198.51.100.{attempt}"})
    answer = sign_in(client, "zgaduję", email="inna@example.pl")
    assert "Zbyt wiele" in answer.content.decode()
    assert Entry.objects.filter(deed="people.refuse_sign_in").count() == 1


def test_ten_wrong_codes_and_the_right_one_is_refused_too(client, enrolled):
    sign_in(client)
    for _attempt in range(10):
        client.post("/konto/2fa/authenticate/", {"code": "000000"})
    answer = client.post("/konto/2fa/authenticate/", {"code": code_now()})
    assert "15 minut" in answer.content.decode()


def test_unknown_and_known_addresses_get_the_same_answers(client, staff):
    def shape(email):
        wrong = sign_in(Client(), "zgaduję", email=email)
        reset = Client().post("/konto/password/reset/", {"email": email})
        return wrong.status_code, wrong.content.decode().replace(email, "").count("<"), reset.status_code, reset.url

    assert shape(staff.email) == shape("nikt@example.pl")


def test_nobody_signs_up(client):
    before = User.objects.count()
    client.post("/konto/signup/", {"email": "nowa@example.pl", "password1": PASSWORD})
    assert User.objects.count() == before


@pytest.mark.parametrize("password", ["krótkie", "password1234", "123456789012", "Katowice2026!", "abcabcabcabc", "qwertyuiopas"])
def test_short_and_common_passwords_are_refused(password):
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_forgotten_password_is_reset_by_mail_but_never_past_the_second_factor(client, enrolled):
    import re

    from ratusz.foundation.notifications.models import OutboxMessage

    client.post("/konto/password/reset/", {"email": enrolled.email})
    message = OutboxMessage.objects.get(purpose="people.account")
    address = re.search(r"http://testserver(/\S+)", message.content.text).group(1)
    page = client.get(address, follow=True)
    new = "zupełnie inne słowa razem"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert sign_in(client, new).url == "/konto/2fa/authenticate/"
    assert client.get("/admin/").url.startswith("/konto/login/")


def test_an_unknown_address_gets_no_mail_and_three_letters_an_hour_are_enough(client, staff):
    from ratusz.foundation.notifications.models import OutboxMessage

    client.post("/konto/password/reset/", {"email": "nikt@example.pl"})
    assert OutboxMessage.objects.count() == 0
    for _ in range(5):
        assert client.post("/konto/password/reset/", {"email": staff.email}).url == "/konto/password/reset/done/"
    assert OutboxMessage.objects.count() == 3
