"""A published page goes down with a reason: its address says what happened, everything can be undone, and no way leads in a circle."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger.actions import bring_back_page, take_down_page
from ratusz.publishing.ledger.models import PageLink, Unpublishing
from ratusz.publishing.ledger.rules import CannotBringBack, UnpublishRefused
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import ArticlePage, SearchDocument, SectionPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def homes():
    return make_portal()


@pytest.fixture
def editor(staff_client):
    return staff_client("editor").person


def taken(page, person, reason="error", **asked):
    return take_down_page(page=page, reason=reason, person=person, **asked)


def test_a_page_published_in_error_is_gone_in_words(client, homes, editor):
    page = make_article(homes, title="Zła stawka opłaty")
    taken(page, editor, public_note="Podaliśmy złą kwotę.")
    answer = client.get("/poradnik/")
    assert (answer.status_code, answer["Cache-Control"]) == (410, "no-cache"), "a reader who saw it sees it again when it is back"
    assert "Zła stawka opłaty" in answer.text and "Podaliśmy złą kwotę." in answer.text
    assert client.get("/inna/").status_code == 404
    assert client.get("/poradnik/%00/").status_code == 404


@pytest.mark.parametrize("reason", ["merged", "error"])
def test_readers_are_led_to_another_page(client, homes, editor, reason):
    page, other = make_article(homes), make_article(homes, title="Nowy poradnik", slug="nowy")
    taken(page, editor, reason, redirect_to=other)
    answer = client.get("/poradnik/")
    assert (answer.status_code, answer["Location"], answer["Cache-Control"]) == (301, "/nowy/", "no-cache")
    taken(other, editor)
    assert client.get("/poradnik/").status_code == 410


def test_a_withdrawn_page_stays_under_a_notice_and_leaves_lists_and_search(
    client, homes, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page, stays = make_news(homes, 1), make_news(homes, 2)
    assert SearchDocument.objects.filter(key=str(page.pk)).exists()
    with django_capture_on_commit_callbacks(execute=True):
        down = taken(page, editor, "withdrawn", public_note="Od stycznia obowiązują inne zasady.")
    shown = client.get(page.url)
    assert shown.status_code == 200
    for words in ("Wycofano", "Od stycznia obowiązują inne zasady.", '<meta name="robots" content="noindex">'):
        assert words in shown.text
    for address in ("/", "/aktualnosci/", "/sitemap.xml", "/kanaly/aktualnosci.atom"):
        text = client.get(address).text
        assert (page.url in text, stays.url in text) == (False, True), address
    assert not SearchDocument.objects.filter(key=str(page.pk)).exists()
    with django_capture_on_commit_callbacks(execute=True):
        bring_back_page(unpublishing=down, person=editor)
    assert page.url in client.get("/aktualnosci/").text
    assert "Wycofano" not in client.get(page.url).text
    assert SearchDocument.objects.filter(key=str(page.pk)).exists()


def test_it_is_brought_back_as_it_was_published(client, homes, editor):
    page = make_article(homes, lead="Opublikowane słowa.")
    page.lead = "Szkic, którego nikt nie przyjął."
    page.save_revision()
    down = taken(page, editor)
    bring_back_page(unpublishing=down, person=editor)
    assert "Opublikowane słowa." in client.get("/poradnik/").text
    down.refresh_from_db()
    assert down.undone_at is not None
    with pytest.raises(CannotBringBack):
        bring_back_page(unpublishing=down, person=editor)


def test_it_is_brought_back_without_its_old_version(client, homes, editor):
    page = make_article(homes)
    down = taken(page, editor)
    page.revisions.all().delete()
    bring_back_page(unpublishing=down, person=editor)
    assert client.get("/poradnik/").status_code == 200


def test_a_deleted_page_goes_on_saying_that_it_is_gone_and_cannot_come_back(client, homes, editor):
    page = make_article(homes)
    down = taken(page, editor)
    page.delete()
    assert client.get("/poradnik/").status_code == 410
    with pytest.raises(CannotBringBack):
        bring_back_page(unpublishing=down, person=editor)


def test_published_again_by_hand_it_is_up_and_can_go_down_again(client, homes, editor):
    page = make_article(homes)
    first = taken(page, editor)
    page.save_revision().publish()
    assert client.get("/poradnik/").status_code == 200
    assert not Unpublishing.objects.in_force().exists()
    second = taken(page, editor)
    assert list(Unpublishing.objects.in_force()) == [second]
    first.refresh_from_db()
    assert first.undone_at is not None


def refusal(page, person, *reason, **asked):
    with pytest.raises(UnpublishRefused) as refused:
        taken(page, person, *reason, **asked)
    return refused.value.field, str(refused.value)


def test_what_is_asked_wrong_is_refused_in_words(homes, editor):
    page, draft = make_article(homes), make_article(homes, title="Szkic", slug="szkic")
    draft.unpublish()
    assert refusal(page, editor, "withdrawn") == (
        "public_note",
        "Napisz czytelnikom, dlaczego strona już nie obowiązuje i co obowiązuje teraz.",
    )
    assert refusal(page, editor, "withdrawn", public_note="Tak.", redirect_to=homes["pl"])[0] == "redirect_to"
    assert refusal(page, editor, "merged") == ("redirect_to", "Wskaż stronę, która mówi teraz to samo.")
    assert refusal(page, editor, "merged", redirect_to=page)[1].startswith("Czytelnicy chodziliby w kółko")
    assert refusal(page, editor, "merged", redirect_to=draft)[1].startswith("Tamta strona nie jest opublikowana")
    assert refusal(draft, editor)[0] is None
    taken(page, editor, "withdrawn", public_note="Tak.")
    assert refusal(page, editor) == (None, "Ta strona nie jest opublikowana, więc nie ma czego zdejmować.")


def test_no_way_leads_in_a_circle(homes, editor):
    one, two, three = (make_article(homes, slug=slug) for slug in ("jeden", "dwa", "trzy"))
    taken(two, editor, "merged", redirect_to=one)
    assert refusal(one, editor, "merged", redirect_to=two)[1].startswith("Czytelnicy chodziliby w kółko")
    # Rows that no screen can make: whatever they say, the walk along them ends.
    one.unpublish()
    Unpublishing.objects.create(page=one, title="1", address="/1/", reason="merged", redirect_to=two, done_at=database_now())
    assert refusal(three, editor, "merged", redirect_to=two)[1].startswith("Tamta strona nie jest opublikowana")


def test_a_page_with_published_pages_below_stays(homes, editor):
    section = add_page(homes["pl"], SectionPage(title="Sprawy", slug="sprawy"))
    add_page(section, ArticlePage(title="Dowód", slug="dowod"))
    assert refusal(section, editor)[1].startswith("Pod tą stroną są opublikowane strony")


def test_the_record_says_who_why_and_what_readers_are_told(homes, editor):
    page = make_article(homes)
    bring_back_page(unpublishing=taken(page, editor, public_note="Pomyłka."), person=editor)
    down, up = Entry.objects.filter(deed__startswith="ledger.").order_by("id")
    assert (down.deed, up.deed) == ("ledger.take_down_page", "ledger.bring_back_page")
    assert down.detail.content["after"] == {
        "reason": "error", "public_note": "Pomyłka.", "address": "/poradnik/", "redirect_to": "",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["unit_editor", "press_officer", "moderator", "administrator"])
def test_whoever_does_not_publish_takes_nothing_down(staff_client, homes, editor, role):
    other = staff_client(role).person
    page = make_article(homes)
    with pytest.raises(PermissionDenied):
        taken(page, other)
    with pytest.raises(PermissionDenied):
        bring_back_page(unpublishing=taken(page, editor), person=other)


def test_the_database_keeps_what_must_never_be_false(homes):
    page = make_article(homes)
    common = {"page": page, "title": "x", "address": "/x/", "done_at": database_now()}
    false = ({"reason": "merged", "redirect_to": page}, {"reason": "withdrawn", "redirect_to": homes["pl"]})
    for facts in false:
        with pytest.raises(IntegrityError), transaction.atomic():
            Unpublishing.objects.create(**common | facts)
    Unpublishing.objects.create(**common, reason="error")
    with pytest.raises(IntegrityError), transaction.atomic():
        Unpublishing.objects.create(**common, reason="error")


def test_an_editor_takes_a_page_down_on_the_screen_and_brings_it_back(staff_client, homes):
    client, page = staff_client("editor"), make_article(homes)
    assert client.get(f"/admin/pages/{page.pk}/unpublish/")["Location"] == f"/admin/rejestr-tresci/zdejmij/{page.pk}/"
    address = f"/admin/rejestr-tresci/zdejmij/{page.pk}/"
    assert "Połączona" in client.get(address).text
    refused = client.post(address, {"reason": "withdrawn", "public_note": ""})
    assert "Napisz czytelnikom, dlaczego strona już nie obowiązuje" in refused.text
    assert client.post(address, {}).status_code == 200
    done = client.post(address, {"reason": "error", "public_note": "Pomyłka."}, follow=True)
    assert "jest zdjęta" in done.text and "/poradnik/" in done.text
    down = Unpublishing.objects.get()
    assert "jest znowu opublikowana" in client.post(f"/admin/rejestr-tresci/przywroc/{down.pk}/", follow=True).text
    assert "w międzyczasie" in client.post(f"/admin/rejestr-tresci/przywroc/{down.pk}/", follow=True).text


def test_wagtails_own_ways_lead_to_the_reason(staff_client, homes):
    client, page = staff_client("editor"), make_article(homes)
    ours = f"/admin/rejestr-tresci/zdejmij/{page.pk}/"
    assert client.post(f"/admin/pages/{page.pk}/delete/", {})["Location"] == ours
    for deed in ("unpublish", "delete"):
        client.post(f"/admin/bulk/wagtailcore/page/{deed}/?id={page.pk}", {})
        page.refresh_from_db()
        assert page.live
    section = add_page(homes["pl"], SectionPage(title="Sprawy", slug="sprawy"))
    add_page(section, ArticlePage(title="Dowód", slug="dowod"))
    section.unpublish()
    assert client.get(f"/admin/pages/{section.pk}/delete/")["Location"] == f"/admin/pages/{section.pk}/"
    page.unpublish()
    assert client.get(f"/admin/pages/{page.pk}/delete/").status_code == 200
    from ratusz.publishing.ledger.wagtail_hooks import ask_why_it_goes, one_at_a_time

    assert ask_why_it_goes(None, page)["Location"] == ours
    assert one_at_a_time(None, "move", [page], None) is None


def test_others_do_not_see_the_screens(staff_client, homes):
    client, page = staff_client("unit_editor"), make_article(homes)
    for address in (f"/admin/rejestr-tresci/zdejmij/{page.pk}/", "/admin/rejestr-tresci/zdjete/"):
        assert client.get(address).status_code in (302, 403)
    assert "/admin/rejestr-tresci/zdjete/" not in client.get("/admin/").text
    assert "/admin/rejestr-tresci/zdjete/" in staff_client("editor").get("/admin/").text


def test_links_to_a_page_taken_down_lead_nowhere_until_it_comes_back(homes, editor, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda call, *args, **options: call())
    target = make_article(homes)
    body = [("paragraph", f'<p><a linktype="page" id="{target.pk}">Poradnik</a></p>')]
    make_article(homes, title="Skąd", slug="skad", body=body)
    assert not PageLink.objects.broken().exists()
    down = taken(target, editor)
    assert [link.text for link in PageLink.objects.broken()] == ["Poradnik"]
    bring_back_page(unpublishing=down, person=editor)
    assert not PageLink.objects.broken().exists()
    taken(target, editor, "merged", redirect_to=make_article(homes, slug="nowy"))
    assert not PageLink.objects.broken().exists()


def test_whoever_edits_a_unit_sees_its_ledger_and_confirms_its_pages(staff_client, editor):
    from ratusz.foundation.units.factories import UnitFactory
    from ratusz.publishing.ledger.rules import may

    unit, other, at = UnitFactory(), UnitFactory(), database_now()
    theirs = staff_client("unit_editor", unit=unit).person
    deeds = [
        ("see_ledger", None),
        ("see_page", unit),
        ("confirm", unit),
        ("see_page", other),
        ("confirm", other),
        ("take_down", unit),
    ]
    assert [may(theirs, deed, subject, at) for deed, subject in deeds] == [True, True, True, False, False, False]
    assert all(may(editor, deed, subject, at) for deed, subject in deeds)


def test_what_readers_are_told_is_read_by_the_gates(homes, editor):
    page = make_news(homes)
    with pytest.raises(UnpublishRefused) as refused:
        taken(page, editor, "withdrawn", public_note="Skarżył się PESEL 44051401359.")
    assert (refused.value.field, "PESEL" in str(refused.value), Unpublishing.objects.count()) == ("public_note", True, 0)
