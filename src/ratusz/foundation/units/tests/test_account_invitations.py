"""An administrator or a head invites somebody to an account; the link sets it up once, for a week, and never touches another account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.test import Client

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused, sign_link
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role, User
from ratusz.foundation.units import actions
from ratusz.foundation.units.actions import accounts
from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import AccountInvitation, Appointment, Unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PASSWORD = "długie hasło bez wzorca"
LIST = "/admin/invitations/"


def invite(client, **facts):
    unit = facts.pop("unit", None) or UnitFactory(name="Wydział Próby", is_department=True)
    facts = {"email": "Nowa@Example.pl", "first_name": "Nowa", "last_name": "Osoba", "starts": "2026-11-01", "ends": "", **facts}
    role = Role.objects.get(code=facts.pop("code", "editor"))
    return client.post("/admin/invitations/new/", {**facts, "role": role.pk, "unit": unit.pk})


def link() -> str:
    """The path in the newest message."""
    text = OutboxMessage.objects.filter(purpose="units.invitation").latest("pk").content.text
    return re.search(r"http://127\.0\.0\.1:8000(/konto/zaproszenie/\S+)", text)[1]


def accept(path: str, client: Client | None = None, password: str = PASSWORD, again: str = PASSWORD):
    return (client or Client()).post(path, {"password": password, "again": again})


def deeds() -> list[str]:
    about = Entry.objects.filter(subject_type="ratusz_units.AccountInvitation").order_by("pk")
    return list(about.values_list("deed", flat=True))


def test_from_the_invitation_to_the_second_factor(staff_client):
    assert invite(staff_client("administrator"), ends="2027-10-31").url == LIST
    message = OutboxMessage.objects.get(purpose="units.invitation")
    assert message.address.value == "nowa@example.pl"
    assert "Wydział Próby" in message.content.text
    assert "Od 1 listopada 2026 r. do 31 października 2027 r." in message.content.text
    assert message.content.subject == "Zaproszenie do Ratusza: załóż konto"
    assert ".." not in message.content.text
    client = Client()
    page = client.get(link())
    assert (page.status_code, page["cache-control"]) == (200, "no-store")
    assert User.objects.filter(email="nowa@example.pl").count() == 0, "opening the link does nothing"
    assert accept(link(), client).url == "/admin/"
    account = User.objects.get(email="nowa@example.pl")
    assert (account.get_full_name(), account.check_password(PASSWORD), account.is_staff) == ("Nowa Osoba", True, True)
    assert client.get("/admin/").url == "/konto/drugi-skladnik/?next=%2Fadmin%2F"
    assert client.get("/konto/2fa/webauthn/add/").status_code == 200, "the password just set is proof enough"
    made = Appointment.objects.get(person=account)
    assert (made.role.code, made.unit.name, made.ends) == ("editor", "Wydział Próby", datetime(2027, 10, 31, 23, tzinfo=UTC))
    assert deeds() == ["units.invite_account", "units.accept_account_invitation"]


def test_a_used_link_opens_nothing(staff_client):
    invite(staff_client("administrator"))
    accept(link())
    for answer in (Client().get(link()), accept(link(), password="zupełnie inne hasło tu", again="zupełnie inne hasło tu")):
        assert answer.status_code == 404
        assert "już przyjęte" in answer.content.decode()
    assert User.objects.get(email="nowa@example.pl").check_password(PASSWORD)


def test_an_expired_link_says_how_to_get_a_new_one(staff_client, monkeypatch):
    invite(staff_client("administrator"))
    monkeypatch.setattr(accounts, "database_now", lambda: database_now() + timedelta(days=7))
    for answer in (Client().get(link()), accept(link())):
        assert (answer.status_code, User.objects.filter(email="nowa@example.pl").count()) == (404, 0)
        assert "Poproś" in answer.content.decode()


def test_forged_links_open_nothing(staff_client):
    invite(staff_client("administrator"))
    invitation = AccountInvitation.objects.get()
    later = database_now() + timedelta(days=70)
    forged = [
        sign_link("units.other", [str(invitation.pk), 1], later),
        sign_link("units.account", [str(invitation.pk), 2], later),
        sign_link("units.account", ["6f9619ff-8b86-4d01-b42d-00c04fc964ff", 1], later),
        link().split("/")[3][:-1] + "x", str(invitation.pk), "abc",
    ]  # fmt: skip
    for token in forged:
        assert Client().get(f"/konto/zaproszenie/{token}/").status_code == 404, token
        assert accept(f"/konto/zaproszenie/{token}/").status_code == 404, token
    assert User.objects.filter(email="nowa@example.pl").count() == 0


def test_sending_again_voids_the_older_link(staff_client):
    client = staff_client("administrator")
    invite(client)
    older, invitation = link(), AccountInvitation.objects.get()
    assert client.post(f"{LIST}{invitation.pk}/", {"deed": "resend"}).url == LIST
    refused = Client().get(older)
    assert "nowsze zaproszenie" in refused.content.decode()
    states = OutboxMessage.objects.filter(purpose="units.invitation").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "waiting"]
    assert accept(link()).status_code == 302
    assert deeds() == ["units.invite_account", "units.resend_account_invitation", "units.accept_account_invitation"]


def test_a_withdrawn_link_opens_nothing(staff_client):
    client = staff_client("administrator")
    invite(client)
    client.post(f"{LIST}{AccountInvitation.objects.get().pk}/", {"deed": "withdraw"})
    assert accept(link()).status_code == 404
    assert "wycofane" in client.get(LIST).content.decode()
    assert OutboxMessage.objects.get(purpose="units.invitation").state == "cancelled"
    client.post(f"{LIST}{AccountInvitation.objects.get().pk}/", {"deed": "resend"})
    assert deeds() == ["units.invite_account", "units.withdraw_account_invitation"]


def test_what_is_refused_loses_nothing_that_was_typed(staff_client):
    client = staff_client("administrator")
    invite(client)
    again = invite(client).content.decode()
    assert "było już zaproszenie" in again
    assert 'value="Nowa@Example.pl"' in again
    UserFactory(email="jest@example.pl")
    assert "jest już konto" in invite(client, email="JEST@example.pl").content.decode()
    assert "jest przed pierwszym" in invite(client, email="x@example.pl", ends="2026-10-01").content.decode()
    assert AccountInvitation.objects.count() == 1


def test_passwords_of_new_accounts_are_checked(staff_client):
    invite(staff_client("administrator"))
    assert "dwa różne hasła" in accept(link(), again="inne długie hasło").content.decode()
    assert "łatwo zgadnąć" in accept(link(), password="Katowice2026!", again="Katowice2026!").content.decode()
    assert "nowa@example.pl" in accept(link(), password="a", again="a").content.decode()
    assert User.objects.filter(email="nowa@example.pl").count() == 0


def test_an_account_that_came_meanwhile_is_appointed_and_stays_as_it_is(staff_client):
    invite(staff_client("administrator"))
    account = UserFactory(email="nowa@example.pl", first_name="Kto", last_name="Inny")
    before = account.password
    assert 'name="password"' not in Client().get(link()).content.decode()
    client = Client()
    assert accept(link(), client).url == "/konto/login/"
    account.refresh_from_db()
    assert (account.password, account.first_name, account.appointments.get().role.code) == (before, "Kto", "editor")
    assert "_auth_user_id" not in client.session


@pytest.fixture
def head_client(staff_client):
    unit = UnitFactory(name="Wydział Kierowniczki", is_department=True)
    client = staff_client("head", unit=unit)
    client.unit, client.below, client.other = unit, UnitFactory(parent=unit), UnitFactory()
    return client


def test_a_head_invites_into_the_own_unit_and_below(head_client):
    assert invite(head_client, unit=head_client.unit).status_code == 302
    assert invite(head_client, unit=head_client.below, email="b@example.pl").status_code == 302
    assert invite(head_client, unit=head_client.other, email="c@example.pl").status_code == 200
    assert [each.unit for each in AccountInvitation.objects.order_by("sent_at")] == [head_client.unit, head_client.below]


@pytest.mark.parametrize("code", ["administrator", "head", "data_protection_officer", "key_holder", "treasurer"])
def test_a_head_invites_nobody_to_more_than_work(head_client, code):
    assert invite(head_client, unit=head_client.unit, code=code).status_code == 200
    with pytest.raises(PermissionDenied):
        actions.invite_account(
            email="a@example.pl", first_name="A", last_name="B", role=Role.objects.get(code=code), unit=head_client.unit,
            starts=database_now(), person=head_client.person,
        )  # fmt: skip
    assert AccountInvitation.objects.count() == 0


def test_a_head_neither_sees_nor_settles_invitations_of_other_units(head_client, staff_client):
    invite(staff_client("administrator"), unit=head_client.other, email="tajna@example.pl", code="unit_editor")
    assert "tajna@example.pl" not in head_client.get(LIST).content.decode()
    assert head_client.post(f"{LIST}{AccountInvitation.objects.get().pk}/", {"deed": "withdraw"}).status_code in (302, 403)
    assert AccountInvitation.objects.get().withdrawn_at is None


@pytest.mark.parametrize("path", [LIST, "/admin/invitations/new/"])
@pytest.mark.parametrize(("code", "gets_in"), [("administrator", True), ("head", True), ("deputy_head", True), ("editor", False)])
def test_who_gets_in_and_finds_it_in_the_menu(staff_client, path, code, gets_in):
    client = staff_client(code)
    assert (client.get(path).status_code == 200) is gets_in
    assert (LIST in client.get("/admin/").content.decode()) is gets_in


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(staff_client, rows, django_assert_num_queries):
    client = staff_client("administrator")
    for number in range(rows):
        invite(client, email=f"n{number}@example.pl", unit=UnitFactory(parent=Unit.objects.first()))
    client.get(LIST)
    with django_assert_num_queries(24):
        client.get(LIST)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_accepts(staff_client):
    invite(staff_client("administrator"))
    token = link().split("/")[3]

    def attempt(number: int) -> bool:
        try:
            actions.accept_account_invitation(token=token, password=f"{PASSWORD} {number}")
        except LinkRefused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(attempt, range(20))) == 1
    assert User.objects.filter(email="nowa@example.pl").count() == 1
    assert Appointment.objects.filter(person__email="nowa@example.pl").count() == 1


def test_one_open_invitation_for_an_address_whatever_its_case(staff_client):
    from django.db import IntegrityError, transaction

    invite(staff_client("administrator"))
    one = AccountInvitation.objects.get()
    one.pk, one.email = None, "NOWA@example.pl"
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_units_are_sorted_by_code_points_of_their_key():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns WHERE table_name = 'ratusz_units_unit' AND column_name = 'sort_key'"
        )
        assert cursor.fetchone() == ("C",)
    names = ["Wydział Łączności", "Wydział Lasów", "Wydział Ósmy", "Wydział Żeglugi", "Wydział Zieleni", "Wydział 10", "Wydział 2"]
    for number, name in enumerate(names):
        actions.save_unit(name=name, short_name=f"S{number}")
    found = Unit.objects.filter(name__in=names).values_list("name", flat=True)
    assert list(found) == [
        "Wydział 2",
        "Wydział 10",
        "Wydział Lasów",
        "Wydział Łączności",
        "Wydział Ósmy",
        "Wydział Zieleni",
        "Wydział Żeglugi",
    ]


def test_old_invitations_are_forgotten_three_months_after_their_time(staff_client):
    invite(staff_client("administrator"))
    at = AccountInvitation.objects.get().expires_at + timedelta(days=90)
    assert AccountInvitation.objects.long_settled(at).count() == 0
    assert AccountInvitation.objects.long_settled(at + timedelta(seconds=1)).count() == 1


def test_a_name_is_one_line_of_signs_that_can_be_seen(staff_client):
    client = staff_client("administrator")
    assert invite(client, first_name="Anna\r\nBcc: z@example.pl").status_code == 302
    assert AccountInvitation.objects.get().first_name == "Anna Bcc: z@example.pl"
    page = invite(client, first_name="An\x07na", email="inna@example.pl")
    assert "bez znaków, których nie widać" in page.text
