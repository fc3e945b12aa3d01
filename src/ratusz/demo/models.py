"""Which parts of the demo city are already in this database, and the mailbox where its messages end."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedPart(models.Model):
    """One loader's part; written in the same transaction as the part itself."""

    name = models.SlugField(_("name"), unique=True)
    version = models.PositiveIntegerField(_("version"))

    class Meta:
        verbose_name = _("loaded part of the demo city")
        verbose_name_plural = _("loaded parts of the demo city")

    def __str__(self) -> str:
        return self.name


class MailboxItem(models.Model):
    """A message the demo "sent": nothing leaves the demo, everything is read at /demo/skrzynka."""

    message_id = models.CharField(max_length=100, unique=True)
    channel = models.CharField(_("channel"), max_length=10)
    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    arrived_at = models.DateTimeField(_("arrived"))

    class Meta:
        verbose_name = _("message in the demo mailbox")
        verbose_name_plural = _("messages in the demo mailbox")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject or self.to
