"""Pictures with who made them and under what licence."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    ImageQuerySet,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from ratusz.publishing.website.passports.incoming import CleanPicture, clean_picture


class CleanPictureFile(WagtailImageFieldFile):
    """The bytes of a picture: whatever way they come in, they are kept without EXIF and place, and not huge."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        if not isinstance(content, CleanPicture):
            content.seek(0)
            content = clean_picture(content.read(), name)
        self.instance.came_as = content.came_as
        super().save(content.name or name, content, save)


class PictureField(WagtailImageField):
    """Wagtail's field of a picture with our way in."""

    attr_class = CleanPictureFile


class PictureManager(models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    """Pictures come with their passport: every place that shows one asks it."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("passport")


class PortalImage(AbstractImage):
    """A picture of the portal; its description is the first proposal of an alternative text."""

    file = PictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    credit = models.CharField(_("author"), max_length=160, blank=True)
    licence = models.CharField(_("licence or consent"), max_length=160, blank=True)

    came_as = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    """SHA-1 of the file as it came: whoever uploads the same file elsewhere uses the same picture."""

    objects = PictureManager()

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
        # Every picture a reader loads is looked up by its file.
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]

    def __str__(self) -> str:
        return f"{self.image} ({self.filter_spec})"
