"""Every minute each mailbox is looked into: what nobody took is kept, and only then marked as read."""

from __future__ import annotations

import contextlib
import logging

from django.conf import settings
from django.utils.translation import gettext as _

from ratusz.foundation.incoming.actions.keeping import keep_letter
from ratusz.foundation.incoming.adapters import NotReached, Source, open_mailbox
from ratusz.foundation.incoming.models import Visit
from ratusz.foundation.incoming.registry import mailboxes
from ratusz.foundation.kit.clock import database_now

log = logging.getLogger(__name__)
MOST = 100
"""Letters of one look into one mailbox; the rest follow in a minute."""


def read_mailboxes() -> int:
    """Looks into every mailbox of the settings; gives how many letters it took. One that cannot be reached stops no other."""
    return sum(visit(mailbox=name) for name, _mailbox in mailboxes.items() if is_set(name))


def is_set(mailbox: str) -> bool:
    """Whether the settings name a place of this mailbox."""
    return bool(settings.RATUSZ_MAILBOXES.get(mailbox, {}).get("url"))


def visit(*, mailbox: str, source: Source | None = None) -> int:
    """One look into one mailbox; gives how many letters were taken. What goes wrong stands above the list of letters."""
    count, problem = 0, ""
    try:
        opened = source or open_mailbox(settings.RATUSZ_MAILBOXES[mailbox]["url"])
        with contextlib.closing(opened):
            count, problem = _taken(mailbox, opened)
    except NotReached as trouble:
        problem = _("The mailbox cannot be read: %(words)s. Tell IT.") % {"words": str(trouble)[:200]}
    _note(mailbox, problem)
    return count


def _taken(mailbox: str, source: Source) -> tuple[int, str]:
    """A letter that cannot be kept (a full disk) stays unmarked and keeps no other waiting."""
    count, refused = 0, 0
    for came in source.waiting(MOST):
        try:
            keep_letter(mailbox=mailbox, came=came)
        except Exception as trouble:
            log.error("a letter was not kept", extra={"mailbox": mailbox, "trouble": type(trouble).__name__})
            refused += 1
            continue
        source.mark(came)
        count += 1
    if not refused:
        return count, ""
    return count, _("Letters that could not be kept: %(count)s. They wait in the mailbox. Tell IT.") % {"count": refused}


def _note(mailbox: str, problem: str) -> None:
    now = database_now()
    before = Visit.objects.filter(mailbox=mailbox).first()
    since = (before.problem_since if before and before.problem else None) or now
    facts = {"looked_at": now, "problem": problem[:300], "problem_since": since if problem else None}
    Visit.objects.update_or_create(mailbox=mailbox, defaults=facts)
