"""The demo's pictures, orders, mark and layouts come in once and show every case."""

from __future__ import annotations

import pytest

from ratusz.demo import newsroom, people
from ratusz.publishing.newsroom.models import BrandAsset, LayoutRequest, PhotoOrder
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import ImagePassport, PortalImage, WithdrawalTask

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_every_case_is_there_and_a_second_load_changes_nothing(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people.load(lambda words: None)
    homes = make_portal()
    for number in range(1, 5):
        make_news(homes, number)
    for _time in range(2):
        newsroom.load(lambda words: None)
    assert PortalImage.objects.count() == len(newsroom.PICTURES)
    assert set(ImagePassport.objects.values_list("basis", flat=True)) == {"consent", "public_role", "detail", "payment", "nobody"}
    assert [task.where for task in WithdrawalTask.objects.all()] == ["Strona: Wiadomość 1"]
    assert sorted(LayoutRequest.objects.values_list("state", flat=True)) == ["gone", "with_brand", "with_unit"]
    assert sorted(PhotoOrder.objects.values_list("state", flat=True)) == ["delivered", "ordered"]
    assert BrandAsset.objects.count() == 6
