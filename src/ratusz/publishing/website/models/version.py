"""Numbers that grow with every change of what the portal shows, so that no cached page outlives its content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """The one row that counts changes of public content; read once per anonymous request.

    `number` counts changes that may show anywhere, `changes` all of them, those of single things too.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(_("number"), default=0)
    changes = models.BigIntegerField(_("number of all changes"), default=0)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content version")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_content_version")]

    def __str__(self) -> str:
        return str(self.number)


class ShownThing(models.Model):
    """A thing that pages show (one page, the list of news, dates …) with the number of its changes, which never falls."""

    name = models.CharField(_("name"), max_length=300, primary_key=True)
    number = models.BigIntegerField(_("number"), default=0)
    outline = models.JSONField(
        _("outline"),
        null=True,
        blank=True,
        help_text=_("Of a page: digests of what others may show of it, as published last."),
    )

    class Meta:
        verbose_name = _("shown thing")
        verbose_name_plural = _("shown things")

    def __str__(self) -> str:
        return self.name
