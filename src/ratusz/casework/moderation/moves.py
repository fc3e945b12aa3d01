"""What waits for moderators: things nobody has taken, their own ones, appeals they may decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.moderation import office, queries, rules
from ratusz.casework.moderation.models import Item, State
from ratusz.foundation.kit.registries import Move
from ratusz.foundation.units.rules import holds_department_role

MOST = 50


def moves_of(person: Any, at: datetime) -> Iterator[Move]:
    """Open things of the person and those nobody took; then appeals against decisions of others; for leads places without cover."""
    if not rules.may(person, "see", None, at):
        return
    if holds_department_role(person, "lead_moderator", at=at):
        for gap in office.uncovered(at):
            words = _("Find a moderator for: %(place)s") % {"place": gap.place.name}
            yield Move(words, reverse("moderation_place", args=[gap.place.key]), kind="moderation")
    waiting = (
        queries.with_terms()
        .filter(state__in=(State.WAITING, State.QUARANTINE))
        .filter(queries.of_or_untaken(person), queries.visible_to(person, at))
    )
    near = Q(author=person.pk) | Q(flags__reporter=person.pk)
    for item in waiting.exclude(pk__in=Item.objects.filter(near).values("pk")).order_by("due_at", "pk")[:MOST]:
        words = _("Judge: %(thing)s") if item.person_id else _("Take and judge: %(thing)s")
        yield Move(
            words % {"thing": item},
            reverse("moderation_item", args=[item.pk]),
            due_at=item.due_at,
            since=item.opened_at,
            kind="moderation",
        )
    for found in queries.open_appeals()[:MOST]:
        if rules.may(person, "decide", found, at):
            thing = _("Decide the appeal: %(thing)s") % {"thing": found.judgement.item}
            address = reverse("moderation_item", args=[found.judgement.item_id])
            yield Move(thing, address, due_at=found.due_at, since=found.filed_at, kind="moderation")
