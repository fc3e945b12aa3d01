"""Two numbers that grow with every change of what the portal shows, so that no cached page outlives its content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """The one row that counts changes of public content; read once per anonymous request.

    `number` counts changes that may show anywhere, `news` those of a single piece of news, which show on its page and in lists.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(_("number"), default=0)
    news = models.BigIntegerField(_("number of changes of news"), default=0)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content version")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_content_version")]

    def __str__(self) -> str:
        return str(self.number)
