"""What was published: versions that never change, their frozen register, their files, and where the report lay for people."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import StoredFile
from ratusz.participation.reports.models.drafts import Report


class VersionQuerySet(models.QuerySet["Version"]):
    """Filters on versions."""

    def published(self) -> VersionQuerySet:
        return self.exclude(published_at=None)


class Version(models.Model):
    """One version of a report. Its content is frozen when its making begins; once published the database refuses any change."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("reason of the correction"), max_length=1000, blank=True)
    title = models.CharField(_("title"), max_length=300)
    sections = models.JSONField(_("content"), default=list)
    """[{code, title, blocks: [plain blocks of casework.documents]}] in order."""
    annexes = models.JSONField(_("annexes"), default=list)
    """[{number, title, kind, file}] in order; `file` names a VersionFile, or is "" for a heading."""
    changes = models.JSONField(_("what changed"), default=list)
    """Lines in words against the version before."""
    digest = models.CharField(_("digest of the content"), max_length=64)
    remarks = models.PositiveIntegerField(_("remarks in the register"), default=0)
    signatures = models.JSONField(_("who stood for it"), default=list)
    """[[step in words, role and day in words]]."""
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by"))
    progress = models.PositiveSmallIntegerField(_("made so far, per cent"), default=0, validators=[MaxValueValidator(100)])
    refused = models.TextField(_("why it was not published"), max_length=4000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        ordering = ["report_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_of_each_number"),
            models.UniqueConstraint(fields=["report"], condition=Q(published_at=None), name="one_version_is_made_at_a_time"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="a_correction_says_why"),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.report.label_in_record}, {self.number}"


class RegisterRow(models.Model):
    """One row of the register of remarks as it stands in a version."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="rows", verbose_name=_("version"))
    number = models.PositiveIntegerField(_("number"))
    cells = models.JSONField(_("cells"))
    """Texts in the order of `register.COLUMNS`."""

    class Meta:
        verbose_name = _("row of a published register")
        verbose_name_plural = _("rows of published registers")
        ordering = ["version_id", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="a_remark_stands_once_in_a_version")]

    def __str__(self) -> str:
        return str(self.number)


class VersionFile(models.Model):
    """A file of a version: the report in one format, or an annex as it was. The bytes are those whose checksum is shown."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="files", verbose_name=_("version"))
    name = models.CharField(_("name"), max_length=130)
    title = models.CharField(_("title"), max_length=300)
    is_annex = models.BooleanField(_("annex"), default=False)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    content = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["version_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="files_of_a_version_have_names_of_their_own")]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """Where and when a published version lay for people to read, or was handed over. Added, never changed."""

    class Place(models.TextChoices):
        SITE = "site", _("on the website")
        UNIT = "unit", _("for inspection in the unit")
        BIP = "bip", _("in the public information bulletin (BIP)")
        BOARD = "board", _("on the notice board")
        COUNCIL = "council", _("handed over to the City Council")

    version = models.ForeignKey(Version, models.PROTECT, related_name="evidence", verbose_name=_("version"))
    place = models.CharField(_("place"), max_length=10, choices=Place)
    done_on = models.DateField(_("since when"))
    words = models.CharField(_("where exactly"), max_length=300, blank=True)
    """Room, address of the page, number of the letter."""
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("evidence of publication")
        verbose_name_plural = _("evidence of publication")
        ordering = ["version_id", "done_on", "pk"]

    def __str__(self) -> str:
        return self.get_place_display()

    @property
    def label_in_record(self) -> str:
        return f"{self.version.label_in_record}: {self.place}"
