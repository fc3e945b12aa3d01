"""One row for each rendered form that was carried out; its primary key is what makes a second sending find the first."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form that did its deed: a digest of what was sent, and where the person was led afterwards."""

    key = models.CharField(_("digest of the form"), max_length=64, primary_key=True)
    sent_at = models.DateTimeField(_("carried out"), db_index=True)
    led_to = models.CharField(_("where the person was led"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self) -> str:
        return self.led_to
