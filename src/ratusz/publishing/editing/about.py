"""What a text is about: topics and districts, said once in the submission and carried to its page or message."""

from __future__ import annotations

from typing import Any

from ratusz.foundation.territory.models import District
from ratusz.publishing.messages.topics import topics_to_choose
from ratusz.publishing.website.models import Topic

from .models import Submission

ABOUT = ("topic_numbers", "district_numbers")


def can_be_said(submission: Submission) -> bool:
    """Whether what it becomes has topics and districts: news and messages do, other pages do not."""
    if submission.kind != Submission.Kind.PAGE_CHANGE or submission.page is None:
        return True
    return hasattr(submission.page.specific_class, "topics")


def choices(chosen: list[int]) -> dict[str, list[tuple[int, str]]]:
    """Topics in use and those given up since they were chosen; all districts by the Polish alphabet."""
    districts = District.objects.by_name().values_list("number", "name")
    return {"topic_numbers": topics_to_choose(chosen), "district_numbers": list(districts)}


def about_page(page: Any) -> dict[str, Any]:
    """What a page says it is about, as a submission keeps it."""
    if not hasattr(page, "topics"):
        return {}
    return {
        "topic_numbers": sorted(topic.pk for topic in page.topics.all()),
        "district_numbers": sorted(district.number for district in page.districts.all()),
    }


def put_on_page(submission: Submission, page: Any) -> None:
    """The page is about what the submission says; a page that knows no topics stays as it is."""
    if hasattr(page, "topics"):
        page.topics = list(Topic.objects.filter(pk__in=submission.topic_numbers))
        page.districts = list(District.objects.filter(number__in=submission.district_numbers))


def names_of(content: Any) -> dict[str, list[str]]:
    """Names of the topics and the districts of a submission or a version of it."""
    topics = Topic.objects.filter(pk__in=content.topic_numbers) if content.topic_numbers else ()
    districts = District.objects.by_name().filter(number__in=content.district_numbers) if content.district_numbers else ()
    return {"topics": [topic.name for topic in topics], "districts": [district.name for district in districts]}
