"""Whoever changes how a person signs in is written down and the person told; an administrator without a second factor changes nothing."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.messages import get_messages
from django.test import Client

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people import actions
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "długie hasło bez wzorca"


@pytest.fixture
def victim():
    account = UserFactory(email="anna@example.pl", first_name="Anna", last_name="Kot", is_staff=True)
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email="anna@example.pl", primary=True, verified=True)
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    return account


def mails() -> list[tuple[str, str, str]]:
    return [
        (message.address.value, message.content.subject, message.content.text)
        for message in OutboxMessage.objects.select_related("address", "content").order_by("pk")
    ]


def change(client, account, **facts):
    facts = {"email": account.email, "first_name": "Anna", "last_name": "Kot", "is_active": "on", **facts}
    return client.post(f"/admin/users/edit/{account.pk}/", facts)


def test_a_changed_address_is_told_at_both_addresses_and_recorded(staff_client, victim):
    client = staff_client("administrator")
    assert change(client, victim, email="podstawiony@example.com").status_code == 302
    (old, subject, text), (new, _same, other) = mails()
    assert (old, new) == ("anna@example.pl", "podstawiony@example.com")
    assert subject == "Inny adres e-mail konta w Ratuszu"
    assert client.person.display_name in text
    assert "p…@example.com" in text
    assert "a…@example.pl" in other
    detail = Entry.objects.get(deed="people.change_account").detail.content
    assert (detail["before"], detail["after"]) == ({"email": "anna@example.pl"}, {"email": "podstawiony@example.com"})


def test_a_changed_address_opens_nothing_by_itself(staff_client, victim):
    """The new address alone does not sign in: the password is the person's, and the second factor still stands."""
    change(staff_client("administrator"), victim, email="podstawiony@example.com")
    account = User.objects.get(pk=victim.pk)
    assert (account.check_password(PASSWORD), account.session_epoch) == (True, 1)
    assert Authenticator.objects.filter(user=account).count() == 1
    signed_in = Client().post("/konto/login/", {"login": "podstawiony@example.com", "password": PASSWORD})
    assert signed_in.url == "/konto/2fa/authenticate/"


def test_the_old_address_asks_for_no_new_password_any_more(client, staff_client, victim):
    change(staff_client("administrator"), victim, email="nowy@example.pl")
    OutboxMessage.objects.all().delete()
    client.post("/konto/password/reset/", {"email": "anna@example.pl"})
    assert mails() == []
    client.post("/konto/password/reset/", {"email": "nowy@example.pl"})
    assert [to for to, _subject, _text in mails()] == ["nowy@example.pl"]


def test_a_name_changed_is_no_matter_for_a_mail(staff_client, victim):
    change(staff_client("administrator"), victim, last_name="Nowak")
    assert mails() == []


def test_there_is_no_way_to_set_another_persons_password_or_factors(staff_client, victim):
    client = staff_client("administrator")
    change(client, victim, password="x", password1="inne hasło razem", password2="inne hasło razem", is_superuser="on", groups="1")
    account = User.objects.get(pk=victim.pk)
    assert (account.password, account.is_superuser, account.groups.count()) == (victim.password, False, 0)
    page = client.get(f"/admin/users/edit/{victim.pk}/").content.decode()
    assert [name for name in ("password", "is_superuser", "groups", "session_epoch") if f'name="{name}"' in page] == []


def as_superuser(client):
    client.person.is_superuser = True
    client.person.save()
    return client


def test_wagtails_own_views_do_not_delete_accounts_past_the_actions(staff_client, victim):
    client = as_superuser(staff_client("administrator"))
    for answer in (client.get(f"/admin/users/delete/{victim.pk}/"), client.post(f"/admin/users/delete/{victim.pk}/")):
        assert answer.status_code in (302, 403)
    assert User.objects.filter(pk=victim.pk).exists()
    assert f"/admin/users/delete/{victim.pk}/" not in client.get("/admin/users/").content.decode()
    assert f"/admin/users/delete/{victim.pk}/" not in client.get(f"/admin/users/edit/{victim.pk}/").content.decode()


def test_wagtails_page_about_oneself_changes_neither_address_nor_password(staff_client):
    client = staff_client("administrator")
    facts = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "x@example.com",
        "password-new_password1": "y" * 14,
    }
    client.post("/admin/account/", facts)
    account = User.objects.get(pk=client.person.pk)
    assert (account.email, account.password) == (client.person.email, client.person.password)


@pytest.fixture
def without_second_factor(staff_client):
    client = staff_client("administrator")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": client.person.email}]
    session.save()
    return client


def test_an_administrator_without_a_second_factor_changes_nothing(without_second_factor, victim):
    client = without_second_factor
    posts = {
        f"/admin/users/edit/{victim.pk}/": {"email": "x@example.com", "first_name": "X", "last_name": "X"},
        "/admin/users/new/": {"email": "n@example.com", "first_name": "X", "last_name": "X"},
        f"/admin/accounts/{victim.pk}/end-sessions/": {},
        "/admin/appointments/new/": {"person": victim.pk},
        f"/admin/users/delete/{victim.pk}/": {},
    }
    for path, facts in posts.items():
        assert client.post(path, facts).url.startswith("/konto/drugi-skladnik/?next="), path
    account = User.objects.get(pk=victim.pk)
    assert (account.email, account.session_epoch, User.objects.filter(email="n@example.com").count()) == ("anna@example.pl", 0, 0)
    assert mails() == []
    assert set(Entry.objects.values_list("deed", flat=True)) == {"units.change_access", "audit.staff_request"}


def test_staff_keep_at_least_one_second_factor(client, victim):
    client.force_login(victim)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(victim.pk)
    session.save()
    page = client.post("/konto/2fa/totp/deactivate/", follow=True)
    assert Authenticator.objects.filter(user=victim, type="totp").count() == 1, page.content.decode()
    app = Authenticator.objects.get(user=victim, type="totp")
    key = Authenticator.objects.create(user=victim, type="webauthn", data={"name": "klucz", "credential": {}})
    client.post("/konto/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(pk=app.pk).exists()
    answer = client.post(f"/konto/2fa/webauthn/keys/{key.pk}/remove/")
    assert "To jedyny drugi składnik" in " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert "people.remove_code_app" in Entry.objects.values_list("deed", flat=True)


@pytest.mark.parametrize("change", actions.notices.CHANGES)
def test_every_change_of_how_one_signs_in_is_told_and_recorded(victim, change):
    from allauth.account.adapter import get_adapter

    get_adapter().send_notification_mail(change, victim)
    deed, sentence = actions.notices.CHANGES[change]
    ((to, subject, text),) = mails()
    assert (to, subject, text.splitlines()[0]) == (victim.email, "Zmiana w koncie w Ratuszu", str(sentence))
    assert Entry.objects.about(victim).filter(deed=deed).count() == 1


def test_allauth_tells_of_nothing_we_have_no_words_for():
    """A newer allauth may tell of more: then a KeyError would break the change itself."""
    import re
    from pathlib import Path

    import allauth

    told = set()
    for path in Path(allauth.__file__).parent.rglob("*.py"):
        told |= set(re.findall(r'send_notification_mail\(\s*"([^"]+)"', path.read_text()))
    ways_not_here = {"account/email/email_deleted", "account/email/email_changed", "account/email/email_confirm"}
    assert told - ways_not_here == set(actions.notices.CHANGES)
