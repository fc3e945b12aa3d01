"""The demo city has a submission at every step, a link of approval and a release set, however often it is loaded."""

import pytest

from ratusz.demo import people, submissions
from ratusz.publishing.editing.models import ApprovalLink, LonePublication, ReleaseSet, Submission
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.models import NewsPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_every_step_is_there_once():
    make_portal()
    people.load(lambda words: None)
    for _twice in range(2):
        submissions.load(lambda words: None)
    assert set(Submission.objects.values_list("state", flat=True)) == set(Submission.State.values)
    assert (Submission.objects.count(), NewsPage.objects.count()) == (len(submissions.TEXTS), 2)
    assert [model.objects.count() for model in (ApprovalLink, LonePublication, ReleaseSet)] == [1, 1, 1]
