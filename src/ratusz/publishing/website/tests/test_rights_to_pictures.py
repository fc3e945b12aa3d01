"""A picture is used only as its passport allows; whoever writes one is told what is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.audit.models import Entry
from ratusz.publishing.website.models import Basis, ImageConsent, ImagePassport, Minors, PicturePurpose
from ratusz.publishing.website.passports import actions, rules
from ratusz.publishing.website.passports.queries import passport_refuses, passport_warns
from ratusz.publishing.website.registries import picture_outlets

from .passport_pictures import consent_document, keeper, make_picture, passport_for

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
PERSON, PARENTS = ImageConsent.Who.PERSON, ImageConsent.Who.PARENTS


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def paper(signed=(), **facts):
    """A passport in memory, with the consents that are signed."""
    given = {
        "basis": Basis.NOBODY, "minors": Minors.NONE, "purpose": PicturePurpose.INFORMATION, "is_for_all_outlets": True, "outlets": [],
        "valid_from": None, "valid_until": None, "withdrawn_at": None, "file_hash": "a", "image": SimpleNamespace(file_hash="a"),
        "event_name": "", "event_date": None, "further_basis": "",
        "kept_consents": lambda: [SimpleNamespace(who_signed=who) for who in signed],
    }  # fmt: skip
    return SimpleNamespace(**given | facts)


@pytest.mark.parametrize(
    ("passport", "outlet", "words"),
    [
        (None, "www", "nie ma paszportu wizerunku"),
        (paper(withdrawn_at=AT), "www", "wycofano"),
        (paper(image=SimpleNamespace(file_hash="b")), "www", "podmieniono"),
        (paper(valid_from=date(2026, 11, 29)), "www", "dopiero od 29 listopada 2026"),
        (paper(valid_until=date(2026, 11, 27)), "www", "do 27 listopada 2026"),
        (paper(valid_from=date(2026, 11, 28), valid_until=date(2026, 11, 28)), "www", None),
        (paper(is_for_all_outlets=False, outlets=["bulletin"]), "www", "tylko: informator drukowany"),
        (paper(is_for_all_outlets=False, outlets=["bulletin"]), "bulletin", None),
        (paper(is_for_all_outlets=False, outlets=["bulletin"]), "", None),
        (paper(basis=Basis.CONSENT), "www", "zgody osoby ze zdjęcia"),
        (paper(basis=Basis.PAYMENT, signed=[PERSON]), "www", None),
        (paper(basis=Basis.CONSENT, minors=Minors.UNDER_13, signed=[PERSON]), "www", "zgody rodziców"),
        (paper(basis=Basis.CONSENT, minors=Minors.UNDER_13, signed=[PARENTS]), "www", None),
        (paper(basis=Basis.CONSENT, minors=Minors.TEENS), "www", "zgód rodziców i osoby"),
        (paper(basis=Basis.CONSENT, minors=Minors.TEENS, signed=[PARENTS]), "www", "zgody osoby ze zdjęcia"),
        (paper(basis=Basis.CONSENT, minors=Minors.TEENS, signed=[PARENTS, PERSON]), "www", None),
        (paper(basis=Basis.DETAIL, minors=Minors.UNDER_13), "www", None),
        (paper(basis=Basis.PUBLIC_ROLE), "www", None),
    ],
)  # fmt: skip
def test_what_a_passport_refuses(passport, outlet, words):
    said = rules.refusal(passport, outlet, AT)
    assert said == words or words in said


def test_a_picture_for_information_advertises_nothing():
    assert "nie promocji" in rules.refusal(paper(), "www", AT, purpose=PicturePurpose.PROMOTION)
    assert rules.refusal(paper(purpose=PicturePurpose.PROMOTION), "www", AT, purpose=PicturePurpose.PROMOTION) is None


EVENT = {"event_name": "Święto Katowic", "event_date": date(2026, 9, 11)}


@pytest.mark.parametrize(
    ("passport", "occasion", "warns"),
    [
        (paper(), rules.Occasion("Cokolwiek"), False),
        (paper(**EVENT), rules.Occasion("Nowy park"), True),
        (paper(**EVENT), rules.Occasion("Tak było na swiecie? święto KATOWIC za nami"), False),
        (paper(**EVENT), rules.Occasion("Za nami", (date(2026, 9, 11),)), False),
        (paper(**EVENT, further_basis=Basis.DETAIL), rules.Occasion("Nowy park"), False),
    ],
)
def test_a_picture_of_an_event_serves_that_event(passport, occasion, warns):
    said = rules.warning(passport, occasion)
    assert (said is not None) is warns
    assert not warns or "„Święto Katowic”" in said


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(0, 400), st.integers(-500, 500))
def test_a_picture_is_usable_exactly_on_the_days_of_its_passport(start, length, offset):
    end, day = start + timedelta(days=length), start + timedelta(days=offset)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert (rules.refusal(paper(valid_from=start, valid_until=end), "www", at) is None) == (start <= day <= end)


@given(st.sets(st.sampled_from(sorted(["www", "newsletter", "bulletin", "social", "press", "intranet"])), min_size=1))
def test_scope_is_exactly_the_outlets_it_names(outlets):
    passport = paper(is_for_all_outlets=False, outlets=sorted(outlets))
    assert {code for code, _words in picture_outlets.items() if rules.refusal(passport, code, AT) is None} == outlets


@pytest.mark.django_db
def test_writing_reading_and_consents_of_a_passport():
    image, person = make_picture(), keeper()
    assert "nie ma paszportu" in passport_refuses(image, "www", AT)
    assert passport_warns(image, rules.Occasion()) is None
    passport = passport_for(image, person, basis=Basis.CONSENT, outlets=["www"], **EVENT)
    assert "zgody osoby" in passport_refuses(image, "www", AT)
    first = actions.add_consent(passport=passport, who_signed=PERSON, upload=consent_document(), person=person)
    assert (first.file.uploaded_by, first.file.is_personal) == (None, True)
    assert passport_refuses(image, "www", AT) is None
    assert "tylko: strona miasta" in passport_refuses(image, "newsletter", AT)
    assert "Święto" in passport_warns(image, rules.Occasion("Inne"))
    changed = passport_for(image, person, basis=Basis.DETAIL)
    assert (changed.pk, changed.is_for_all_outlets, changed.outlets, changed.event_name) == (
        passport.pk,
        True,
        [],
        "Święto Katowic",
    )
    deeds = list(Entry.objects.filter(deed__startswith="website.").order_by("pk").values_list("deed", flat=True))
    assert deeds == ["website.write_passport", "website.add_image_consent", "website.write_passport"]


@pytest.mark.django_db
def test_one_document_may_be_the_consent_of_many_pictures():
    person = keeper()
    passports = [passport_for(make_picture(title), person, basis=Basis.CONSENT) for title in ("A", "B")]
    first = actions.add_consent(passport=passports[0], who_signed=PERSON, upload=consent_document(), person=person)
    second = actions.add_consent(passport=passports[1], who_signed=PERSON, file=first.file, person=person)
    assert second.file == first.file


@pytest.mark.django_db
def test_another_file_needs_its_passport_looked_at_again():
    image = make_picture()
    passport_for(image)
    other = make_picture("Inny", colour="#ff0000")
    image.file, image.file_hash = other.file, ""
    image.get_file_hash()
    image.save()
    assert "podmieniono" in passport_refuses(image, "www", AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        {"basis": "custom"},
        {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)},
        {"basis": Basis.PUBLIC_ROLE, "minors": Minors.UNDER_13},
        {"basis": Basis.NOBODY, "minors": Minors.TEENS},
        {"is_for_all_outlets": False},
        {"is_for_all_outlets": True, "outlets": ["www"]},
        {"withdrawn_at": AT},
        {"further_basis": Basis.DETAIL},
    ],
)
def test_the_database_refuses_a_passport_that_cannot_be(facts):
    image = make_picture()
    with pytest.raises(ValidationError):
        actions.write_passport(image=image, person=keeper(), **{"basis": Basis.NOBODY, "is_for_all_outlets": True} | facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImagePassport.objects.create(image=image, **{"basis": Basis.NOBODY, "is_for_all_outlets": True} | facts)


@pytest.mark.django_db
def test_who_may_do_what():
    image = make_picture()
    people = {code: keeper(code) for code in ("editor", "press_officer", "unit_editor", "data_protection_officer", "moderator")}
    deeds = ("see", "write_passport", "withdraw", "see_consent", "finish_task")
    found = {code: [deed for deed in deeds if rules.may(person, deed, image, AT)] for code, person in people.items()}
    assert found == {
        "editor": list(deeds), "press_officer": list(deeds), "unit_editor": ["see"],
        "data_protection_officer": ["see", "withdraw", "see_consent"], "moderator": [],
    }  # fmt: skip
    own = make_picture("Własne", uploaded_by_user=people["unit_editor"])
    assert rules.may(people["unit_editor"], "write_passport", own, AT)
    assert rules.may(people["unit_editor"], "write_passport", None, AT)
    with pytest.raises(PermissionDenied):
        passport_for(image, people["unit_editor"])


def test_every_outlet_has_words():
    assert rules.words_of_outlet("gołąb pocztowy") == "gołąb pocztowy"
    assert rules.words_of_outlet("www") == "strona miasta"
