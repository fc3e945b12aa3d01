"""Pictures with who made them and under what licence."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture of the portal; its description is the first proposal of an alternative text."""

    credit = models.CharField(_("author"), max_length=160, blank=True)
    licence = models.CharField(_("licence or consent"), max_length=160, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    @property
    def default_alt_text(self) -> str:
        """What is proposed as the alternative text: the description, never the name of the file."""
        return self.description

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture in one size")
        verbose_name_plural = _("pictures in one size")
        constraints = [models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.image} ({self.filter_spec})"
