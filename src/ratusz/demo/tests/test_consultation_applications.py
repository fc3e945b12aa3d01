"""The demo city has an application in each stage, a published yearly plan and a series of 22 consultations; loaded twice it has them once."""

import pytest

from ratusz.demo import consultation_applications as demo
from ratusz.foundation.territory.actions import load_districts
from ratusz.participation.consultations.applications.factories import make_worker
from ratusz.participation.consultations.models import Application, Series, YearPlan


@pytest.mark.slow
@pytest.mark.django_db
def test_applications_the_plan_and_a_series_are_there_once(monkeypatch):
    load_districts()
    head = make_worker("head")
    monkeypatch.setattr(demo, "_person", lambda code: head)
    for _time in range(2):
        demo.load(lambda words: None)
    assert sorted(Application.objects.values_list("state", flat=True)) == [
        "accepted",
        "appealed",
        "called",
        "collecting",
        "complete",
    ]
    assert Series.objects.get().instances.count() == 22 and YearPlan.objects.get().published_at
