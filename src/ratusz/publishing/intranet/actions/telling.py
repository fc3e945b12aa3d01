"""Staff are told of a notice through the outbox: not in quiet hours, unless it is urgent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.notifications import composing
from ratusz.foundation.notifications.actions import keep_content, send
from ratusz.foundation.notifications.models import Address
from ratusz.publishing.intranet import audience, rules
from ratusz.publishing.intranet.models import Notice, NoticeVersion

PURPOSE, URGENT_PURPOSE = "intranet.notice", "intranet.urgent_notice"
LONGEST_SMS_TITLE = 80


@transaction.atomic
def tell_staff(*, version: int) -> int:
    """Writes to everybody the notice is for who has not confirmed yet; an urgent one also as a text message.

    Gives back how many messages; a second run writes none. What was closed or replaced meanwhile is told to nobody.
    """
    told = NoticeVersion.objects.select_related("notice").filter(pk=version).first()
    now = database_now()
    if told is None or not rules.is_on_view(told.notice, now):
        return 0
    notice = told.notice
    if notice.versions.filter(is_major=True, number__gt=told.number).exists():
        return 0
    url = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("intranet:notice", args=[notice.pk])
    common: dict[str, Any] = {
        "purpose": URGENT_PURPOSE if notice.is_urgent else PURPOSE,
        "at": rules.may_tell_at(now, notice.is_urgent),
        "content": keep_content(content=_letter(notice, told, url)),
    }
    people = list(audience.people_of(notice, now).exclude(pk__in=audience.confirmed_people(notice)))
    for person in people:
        send(to=person, dedup_key=f"intranet-notice:{told.pk}:{person.pk}", **common)
    return len(people) + (_send_texts(told, people, url) if notice.is_urgent else 0)


def _letter(notice: Notice, version: NoticeVersion, url: str):
    parts = [version.lead or version.title]
    if version.what_changed:
        parts.append(_("What has changed: %(words)s") % {"words": version.what_changed})
    if notice.is_required and notice.due_at:
        parts.append(_("Please read it and confirm %(until)s.") % {"until": polish_until(notice.due_at)})
    label = _("Read and confirm") if notice.is_required else _("Read the notice")
    return composing.write_content(subject=version.title, text="\n\n".join(parts), button=(label, url))


def _send_texts(version: NoticeVersion, people: list, url: str) -> int:
    """To telephones that people gave the Office themselves."""
    phones = Address.objects.filter(person__in=people, channel="sms", erased_at=None).order_by("pk")
    text = _("Urgent: %(title)s %(url)s") % {"title": version.title[:LONGEST_SMS_TITLE], "url": url}
    for phone in phones:
        send(to=phone, purpose=URGENT_PURPOSE, dedup_key=f"intranet-notice-sms:{version.pk}:{phone.pk}", text=text)
    return len(phones)
