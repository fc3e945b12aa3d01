"""Carry a form out once, and forget old ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.models import SentForm

KEPT_FOR = timedelta(days=7)
LONGEST_ADDRESS = 500


@transaction.atomic
def carry_out_once(*, key: str, deed: Callable[[], str]) -> str | None:
    """Does the deed, which gives back where it leads; None when this form was carried out before, and then see `led_to`.

    A deed that leads nowhere ("": the form was refused) or raises leaves no trace, so the form may be sent again.
    Of two sendings at once the second waits here for the first: the key is the row's primary key.
    """
    row, is_first = SentForm.objects.get_or_create(key=key, defaults={"sent_at": database_now()})
    if not is_first:
        return None
    row.led_to = deed()[:LONGEST_ADDRESS]
    if row.led_to:
        row.save(update_fields=["led_to"])
    else:
        row.delete()
    return row.led_to


def led_to(*, key: str) -> str:
    """Where the first sending of a form led."""
    return SentForm.objects.values_list("led_to", flat=True).get(key=key)


@transaction.atomic
def forget_sent_forms() -> int:
    """Deletes what was sent more than a week ago; gives back how many."""
    return SentForm.objects.filter(sent_at__lt=database_now() - KEPT_FOR).delete()[0]
