"""What the page of an edition's rules links to of its projects: submit one while that is open, see those submitted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.advice.models import Point
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import announced, calendar, lists
from ratusz.participation.projects.models import IdeaSurvey
from ratusz.ui.parts import Link


def links_of(edition: Edition, at: datetime) -> Iterator[Link]:
    """Links for residents, the deed that is open now first."""
    if calendar.is_open(edition, "submission", at):
        yield Link(_("Submit a project"), reverse("projects:start", args=[edition.slug]))
    survey = IdeaSurvey.objects.filter(edition=edition).exclude(published_at=None).first()
    if survey is not None and (survey.takes_answers(at) or survey.is_over(at)):
        words = _("Say what you miss: idea survey") if survey.takes_answers(at) else _("Results of the idea survey")
        yield Link(words, reverse("projects:ideas", args=[edition.slug]))
    # Whoever writes a project or stands by one needs these; once the vote is over nobody does.
    is_of_authors = edition.voting_ends is None or local_day(at) <= edition.voting_ends
    if edition.opened_at is not None and is_of_authors:
        yield Link(_("Kit for authors of projects"), reverse("projects:author-kit", args=[edition.slug]))
    for made in announced.newest_lists(edition):
        yield Link(lists.title_of(made), reverse("projects:published", args=[edition.slug, made.kind]))
    if is_of_authors and Point.objects.working().exists():
        yield Link(_("Come for advice or book a conversation"), reverse("advice:points"))
    yield Link(_("Projects submitted so far"), reverse("projects:list", args=[edition.slug]))
