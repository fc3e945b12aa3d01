"""What rights to pictures ask of a person: withdrawn pictures to take out, those past their last day or with a new file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import Move
from ratusz.publishing.website.models import WithdrawalTask
from ratusz.publishing.website.passports import rules
from ratusz.publishing.website.passports.queries import used_past_their_day, used_with_another_file

WITHIN = timedelta(days=1)
"""The portal hides the picture at once; the rest goes without delay."""


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Places of withdrawn pictures to the department; those past their day or of another file to keepers of their passports."""
    if rules.may(person, "finish_task", None, at):
        yield from _places_of_withdrawn()
    if rules.may(person, "write_passport", None, at):
        yield from _past_their_day(person, at)
        yield from _of_another_file(person, at)


def _places_of_withdrawn() -> Iterator[Move]:
    """One move for each place: the consent is gone already."""
    for task in WithdrawalTask.objects.waiting().select_related("passport"):
        url = reverse("website_withdrawal", args=[task.passport.image_id])
        yield Move(
            _("Take out the picture: %(where)s") % {"where": task.where},
            url,
            due_at=task.found_at + WITHIN,
            since=task.found_at,
            kind="pictures",
        )


def _past_their_day(person: Any, at: datetime) -> Iterator[Move]:
    """Pictures that readers see still: take them out or write down a new consent. Unused ones wait for nobody."""
    for passport in used_past_their_day(local_day(at)):
        if rules.may(person, "write_passport", passport.image, at):
            what = _("Replace the picture or write down a new consent: %(title)s") % {"title": passport.image.title}
            last_day = passport.valid_until or local_day(at)
            over = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
            yield Move(what, reverse("website_passport", args=[passport.image_id]), due_at=over, since=over, kind="pictures")


def _of_another_file(person: Any, at: datetime) -> Iterator[Move]:
    """Pictures that readers do not see any more, because the file was replaced and nobody said that the passport fits it."""
    for passport in used_with_another_file(local_day(at)):
        if rules.may(person, "write_passport", passport.image, at):
            what = _("Check the passport of the new file: %(title)s") % {"title": passport.image.title}
            yield Move(what, reverse("website_passport", args=[passport.image_id]), kind="pictures")
