"""The administrator makes, changes and disables accounts; everything done in the Wagtail admin leaves an entry in the record."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import User

pytestmark = pytest.mark.django_db


def deeds(*without: str) -> list[str]:
    ignored = {"units.change_access", *without}
    return [deed for deed in Entry.objects.order_by("pk").values_list("deed", flat=True) if deed not in ignored]


def test_an_administrator_makes_an_account(staff_client):
    client = staff_client("administrator")
    answer = client.post("/admin/users/new/", {"email": "Nowa@Example.pl", "first_name": "Nowa", "last_name": "Osoba"})
    assert answer.status_code == 302
    account = User.objects.get(email="nowa@example.pl")
    assert (account.get_full_name(), account.has_usable_password()) == ("Nowa Osoba", False)
    assert deeds() == ["people.create_account"]


def test_a_second_account_for_one_address_is_refused(staff_client):
    UserFactory(email="jest@example.pl")
    answer = staff_client("administrator").post(
        "/admin/users/new/", {"email": "JEST@example.pl", "first_name": "A", "last_name": "B"}
    )
    assert answer.status_code == 200
    assert "jest już konto" in answer.content.decode()


def test_changing_and_disabling_record_before_and_after(staff_client):
    account = UserFactory(email="a@example.pl", first_name="Ala", last_name="Kot", is_staff=True)
    facts = {"email": "a@example.pl", "first_name": "Ala", "last_name": "Nowak"}
    assert staff_client("administrator").post(f"/admin/users/edit/{account.pk}/", facts).status_code == 302
    account.refresh_from_db()
    assert (account.last_name, account.is_active, account.session_epoch) == ("Nowak", False, 1)
    detail = Entry.objects.get(deed="people.change_account").detail.content
    assert detail["before"] == {"last_name": "Kot", "is_active": True}
    assert detail["after"] == {"last_name": "Nowak", "is_active": False}


def test_sessions_can_be_ended_from_the_list(staff_client):
    client = staff_client("administrator")
    account = UserFactory(is_staff=True)
    address = f"/admin/accounts/{account.pk}/end-sessions/"
    assert address in client.get("/admin/users/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    account.refresh_from_db()
    assert account.session_epoch == 1
    assert deeds() == ["people.end_sessions"]


@pytest.mark.parametrize("path", ["/admin/users/new/", "/admin/accounts/1/end-sessions/", "/admin/accounts/1/sign-in-afresh/"])
def test_other_roles_cannot(staff_client, path):
    answer = staff_client("editor").post(path)
    assert answer.status_code in (302, 403)
    assert deeds("audit.staff_request") == []


def test_bulk_actions_on_accounts_are_gone(staff_client):
    client = staff_client("administrator")
    for action in ("delete", "assign_role", "set_active_state"):
        assert client.post(f"/admin/bulk/ratusz_people/user/{action}/?id=1").status_code == 404


def test_a_sensitive_change_asks_who_one_is_when_that_was_long_ago(staff_client):
    client = staff_client("administrator")
    client.person.set_password("długie hasło bez wzorca")
    client.person.save()
    client.force_login(client.person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(client.person.pk)
    session.save()
    answer = client.post("/admin/users/new/", {"email": "n@example.pl", "first_name": "A", "last_name": "B"})
    assert answer.url.startswith("/konto/reauthenticate/?next=")
    assert not User.objects.filter(email="n@example.pl").exists()
    client.post(answer.url, {"password": "długie hasło bez wzorca"})
    assert User.objects.filter(email="n@example.pl").exists(), "what was typed is not lost"


@pytest.mark.slow
def test_wagtails_log_is_bridged_with_what_changed(staff_client):
    client = staff_client("administrator")
    client.person.is_superuser = True
    client.person.save()
    group = Group.objects.create(name="Próbna")
    for name in ("Pierwsza", "Druga"):
        page = client.get(f"/admin/groups/edit/{group.pk}/")
        forms = _management_data(page)
        assert client.post(f"/admin/groups/edit/{group.pk}/", {**forms, "name": name}).status_code == 302
    entries = list(Entry.objects.filter(deed="wagtail.edit").order_by("pk"))
    assert [entry.detail.content["after"]["name"] for entry in entries] == ["Pierwsza", "Druga"]
    assert entries[1].detail.content["before"] == {"name": "Pierwsza"}
    assert entries[0].actor_id == str(client.person.pk)


def _management_data(page) -> dict[str, str]:
    import re

    found = re.findall(
        r'<input type="hidden" name="([^"]+-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)" value="(\d+)"', page.content.decode()
    )
    return {name: "0" if "TOTAL" in name or "INITIAL" in name else value for name, value in found}


def test_a_staff_post_without_an_entry_of_its_own_leaves_one(staff_client):
    client = staff_client("editor")
    client.post("/admin/account/", {})
    entry = Entry.objects.exclude(deed="units.change_access").get()
    assert (entry.deed, entry.detail.content["label"]) == ("audit.staff_request", "wagtailadmin_account")


def test_who_lost_the_last_second_factor_starts_afresh(staff_client):
    client = staff_client("administrator")
    account = UserFactory(email="zgubiony@example.pl", is_staff=True, password="tajne-haslo-1")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    address = f"/admin/accounts/{account.pk}/sign-in-afresh/"
    assert address in client.get("/admin/users/").content.decode()
    refused = client.post(address, {"reason": "krótko"})
    assert (refused.status_code, account.authenticator_set.count()) == (200, 1)
    assert client.post(address, {"reason": "Przyszła osobiście z legitymacją"}).status_code == 302
    account.refresh_from_db()
    assert (account.has_usable_password(), account.session_epoch, account.authenticator_set.count()) == (False, 1, 0)
    assert deeds("audit.staff_request") == ["people.start_sign_in_afresh"]
    message = OutboxMessage.objects.get()
    assert message.address.value == "zgubiony@example.pl"
    assert "Nie pamiętam hasła" in message.content.text


def test_nobody_takes_their_own_second_factor_away(staff_client):
    client = staff_client("administrator")
    own = User.objects.get(pk=client.session["_auth_user_id"])
    address = f"/admin/accounts/{own.pk}/sign-in-afresh/"
    assert address not in client.get("/admin/users/").content.decode()
    answer = client.post(address, {"reason": "Bo tak mi wygodniej"})
    assert "Poproś innego administratora" in answer.content.decode()
    assert deeds("audit.staff_request") == []
