"""The city's brand: logos, the coat of arms, templates, fonts and colours, with files in versions and who may use them where."""

from __future__ import annotations

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import StoredFile


class AssetKind(models.TextChoices):
    """What kind of asset it is."""

    LOGO = "logo", _("logo")
    ARMS = "arms", _("coat of arms")
    TEMPLATE = "template", _("template")
    FONT = "font", _("typeface")
    COLOUR = "colour", _("colour")


class BrandAssetQuerySet(models.QuerySet["BrandAsset"]):
    """Filters on assets."""

    def in_force(self, day: date) -> BrandAssetQuerySet:
        """Those that may be used on that day, the last day included."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_until=None) | Q(valid_until__gte=day))

    def public(self) -> BrandAssetQuerySet:
        return self.filter(is_public=True)


class BrandAsset(models.Model):
    """One asset of the brand."""

    kind = models.CharField(_("kind"), max_length=10, choices=AssetKind)
    name = models.CharField(_("name"), max_length=120, unique=True)
    use_rules = models.TextField(_("who may use it and where"), max_length=2000)
    needs_consent = models.BooleanField(_("the city's consent is needed first"), default=False)
    is_law_unverified = models.BooleanField(
        _("the legal basis is still to be checked"), default=False, help_text=_("Shown to staff; ask the lawyer, then untick.")
    )
    licence = models.CharField(_("licence"), max_length=160, blank=True)
    colour = models.CharField(
        _("colour as #RRGGBB"), max_length=7, blank=True,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}\Z", _("Write the colour as # and six signs, for example #0B4EA2."))],
    )  # fmt: skip
    colour_notes = models.CharField(_("in print"), max_length=120, blank=True, help_text=_("CMYK, spot colour, RAL."))
    is_public = models.BooleanField(_("everybody may download it"), default=True)
    valid_from = models.DateField(_("in use from"), null=True, blank=True)
    valid_until = models.DateField(_("in use until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    wagtail_reference_index_ignore = True
    objects = BrandAssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset of the brand")
        verbose_name_plural = _("assets of the brand")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AssetKind.values),
                name="asset_kind_is_known",
                violation_error_message=_("Choose the kind from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="colour") | ~Q(colour=""),
                name="a_colour_has_its_number",
                violation_error_message=_("A colour needs its number, such as #0A5CA8."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="asset_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first day. Correct one of them."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BrandFileQuerySet(models.QuerySet["BrandFile"]):
    """Filters on files."""

    def current(self) -> BrandFileQuerySet:
        return self.filter(replaced_at=None).order_by("label", "pk")


class BrandFile(models.Model):
    """A file of an asset; a newer version takes the place of the one with the same label, which stays in the history."""

    asset = models.ForeignKey(BrandAsset, on_delete=models.CASCADE, related_name="files")
    label = models.CharField(
        _("which form of it"), max_length=80, help_text=_("“Horizontal, for the screen”, “One colour, for print”.")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    file = models.OneToOneField(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    objects = BrandFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an asset")
        verbose_name_plural = _("files of assets")
        ordering = ["label", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["asset", "label", "version"], name="a_version_of_a_file_is_one"),
            models.UniqueConstraint(fields=["asset", "label"], condition=Q(replaced_at=None), name="one_current_file_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.version}"
