"""What is said in the form of the people in a picture never stops the text, and never widens the passport."""

from __future__ import annotations

import pytest

from ratusz.publishing.editing import actions
from ratusz.publishing.editing.factories import a_unit, appointed, draft
from ratusz.publishing.editing.models import SubmissionPicture
from ratusz.publishing.website.models import Basis, ImagePassport
from ratusz.publishing.website.tests.passport_pictures import make_picture, passport_for

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
