"""Notices of ballots on their way from the ballot's own transaction to the outbox."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitingNotice(models.Model):
    """A notice that committed with its ballot and waits up to a second for the outbox: no crash in between loses it.

    Its content (where it goes, the link "this was not me") is sealed under a key that lies beside the database, so that a dump of
    the database does not tell which address belongs to which ballot.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField(_("sealed content"))

    class Meta:
        verbose_name = _("notice of a ballot that waits")
        verbose_name_plural = _("notices of ballots that wait")

    def __str__(self) -> str:
        return f"{self.pk}"
