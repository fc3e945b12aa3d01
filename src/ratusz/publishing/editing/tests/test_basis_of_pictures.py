"""What is said in the form of the people in a picture never stops the text, and never widens the passport."""

from __future__ import annotations

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions
from ratusz.publishing.editing.factories import a_unit, appointed, draft
from ratusz.publishing.editing.forms import TextForm
from ratusz.publishing.editing.models import Submission, SubmissionPicture
from ratusz.publishing.website.models import Basis, ImageConsent, ImagePassport, Minors
from ratusz.publishing.website.passports import actions as passports
from ratusz.publishing.website.passports.rules import StillInUse
from ratusz.publishing.website.tests.passport_pictures import consent_document, make_picture, passport_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture_of_the_department():
    image = make_picture()
    passport_for(image, basis=Basis.DETAIL, outlets=["www"])
    return SubmissionPicture.objects.create(submission=draft(), image=image)


def test_a_unit_says_nothing_of_a_picture_of_the_department():
    picture = picture_of_the_department()
    said = actions.say_basis(picture=picture, basis="nobody", person=appointed("unit_editor", unit=a_unit()))
    assert (said, ImagePassport.objects.get().basis) == (None, "detail")


def test_the_basis_does_not_widen_the_passport():
    actions.say_basis(picture=picture_of_the_department(), basis="nobody", person=appointed("editor"))
    passport = ImagePassport.objects.get()
    assert (passport.basis, passport.is_for_all_outlets, passport.outlets) == ("nobody", False, ["www"])


def shown_in(image, **facts):
    """A picture that the text of a submission shows."""
    made = draft(**facts)
    picture = SubmissionPicture.objects.create(submission=made, image=image)
    block = {"type": "picture", "value": {"picture": picture.pk, "alt": "Park", "decorative": False, "caption": ""}}
    Submission.objects.filter(pk=made.pk).update(body=[*made.body, block])
    made.refresh_from_db()
    return made, picture


def offered(made, person):
    """What the form lets the person say of the people in each picture."""
    fields = TextForm(submission=made, person=person).fields
    return [[value for value, _label in field.choices] for name, field in fields.items() if name.startswith("basis_")]


def test_people_in_the_picture_are_asked_only_of_whoever_may_say_it():
    unit = a_unit()
    writer, editor = appointed("unit_editor", unit=unit), appointed("editor")
    own, _picture = shown_in(make_picture("Lipy", uploaded_by_user=writer), unit=unit, author=writer)
    of_others, _picture = shown_in(make_picture(), unit=unit, author=writer)
    every = ["", "nobody", "detail", "public_role"]
    assert (offered(own, writer), offered(of_others, writer), offered(of_others, editor)) == ([every], [], [every])


def test_a_child_in_the_picture_leaves_the_bases_that_fit():
    image, editor = make_picture(), appointed("editor")
    passport_for(image, basis=Basis.DETAIL, minors=Minors.UNDER_13)
    made, picture = shown_in(image)
    assert offered(made, editor) == [["", "detail"]]
    assert [actions.say_basis(picture=picture, basis=basis, person=editor) for basis in ("nobody", "public_role")] == [None, None]
    assert ImagePassport.objects.get().basis == "detail"


def test_a_passport_that_knows_more_or_was_withdrawn_is_left_alone():
    editor, consented, withdrawn = appointed("editor"), make_picture("A"), make_picture("B")
    passport_for(consented, basis=Basis.CONSENT)
    passport_for(withdrawn)
    passports.withdraw_consent(image=withdrawn, reason="osoba ze zdjęcia", person=editor)
    for image in (consented, withdrawn):
        made, picture = shown_in(image)
        assert (offered(made, editor), actions.say_basis(picture=picture, basis="detail", person=editor)) == ([], None)


def test_a_withdrawn_consent_finds_the_pictures_of_submissions_on_their_way():
    image, editor = make_picture(), appointed("editor")
    passport_for(image)
    on_its_way, picture = shown_in(image, title="Park otwarty")
    taken_out = SubmissionPicture.objects.create(submission=draft(title="Bez zdjęcia"), image=image)
    closed, _picture = shown_in(image, title="Zamknięte")
    Submission.objects.filter(pk=closed.pk).update(state="closed")
    (task,) = passports.withdraw_consent(image=image, reason="osoba ze zdjęcia", person=editor)
    address = f"/admin/zgloszenia/{on_its_way.pk}/"
    assert (task.where, task.url, task.outlet) == ("Zgłoszenie: Park otwarty", address, "www")
    assert taken_out.pk not in taken_out.submission.picture_numbers
    with pytest.raises(StillInUse):
        passports.finish_withdrawal_task(task=task, note="Wyjęte", person=editor)
    body = [block for block in on_its_way.body if block["type"] != "picture"]
    Submission.objects.filter(pk=on_its_way.pk).update(body=body)
    assert passports.finish_withdrawal_task(task=task, note="Wyjęte", person=editor).done_at


def test_a_consent_counts_while_its_document_is_there():
    image, editor = make_picture(), appointed("editor")
    passport = passport_for(image, basis=Basis.CONSENT)
    consent = passports.add_consent(passport=passport, who_signed="person", upload=consent_document(), person=editor)
    read_along = ImagePassport.objects.prefetch_related("consents__file")
    assert [each.kept_consents() for each in (read_along.get(), ImagePassport.objects.get())] == [[consent], [consent]]
    gone = {"state": "infected", "storage_name": None, "deleted_at": database_now()}
    type(consent.file).objects.filter(pk=consent.file_id).update(**gone)
    assert [each.kept_consents() for each in (read_along.get(), ImagePassport.objects.get())] == [[], []]
    assert ImageConsent.objects.count() == 1
