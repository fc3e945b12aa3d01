"""Which parts of the demo city are already in this database."""

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
