"""The report while it is written: its texts, the tree of annexes, who signed which content."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.files.models import StoredFile
from ratusz.participation.consultations.models import Consultation


class Report(models.Model):
    """The report of one consultation. Only what nothing else knows is written here; the rest is gathered whenever it is shown."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="report", verbose_name=_("consultation"))
    number = models.CharField(_("number of the report"), max_length=40, unique=True, null=True, blank=True)
    """Given with the first published version."""
    in_short = models.TextField(_("the report in short"), max_length=4000, blank=True)
    what_next = models.TextField(_("what happens next"), max_length=4000, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=300, blank=True)
    campaign_notes = models.TextField(_("how people were told"), max_length=4000, blank=True)
    created_at = models.DateTimeField(_("begun"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("begun by")
    )

    class Meta:
        verbose_name = _("report of a consultation")
        verbose_name_plural = _("reports of consultations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.consultation.title

    @property
    def label_in_record(self) -> str:
        return self.number or self.consultation.label_in_record

    @property
    def key(self) -> str:
        return f"reports.report:{self.pk}"


class Annex(models.Model):
    """One annex, in its place of the tree: "3.1" is the first one under the third. A made one is drawn from the data each time."""

    class Kind(models.TextChoices):
        ORDINANCE = "ordinance", _("ordinance")
        SURVEY = "survey", _("report on a survey")
        MEETING = "meeting", _("materials and minutes of a meeting")
        OPINION = "opinion", _("opinion")
        NOTICE = "notice", _("evidence of a notice")
        OTHER = "other", _("other annex")
        REGISTER = "register", _("register of remarks")

    report = models.ForeignKey(Report, models.CASCADE, related_name="annexes", verbose_name=_("report"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("belongs under")
    )
    number = models.PositiveSmallIntegerField(_("number of the annex"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=250)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file"))
    source = models.CharField(_("what it is made of"), max_length=60, blank=True)
    """"register", "notices", "form:12": made from the data; "" for an uploaded file, or a heading over annexes under it."""

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["report_id", "parent_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "parent", "number"], nulls_distinct=False, name="an_annex_has_a_number_of_its_own"
            ),
            models.UniqueConstraint(fields=["report", "source"], condition=~Q(source=""), name="a_made_annex_stands_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="an_annex_is_not_under_itself"),
            models.CheckConstraint(condition=Q(file=None) | Q(source=""), name="an_annex_is_a_file_or_made"),
            models.CheckConstraint(condition=Q(number__gte=1), name="annexes_begin_with_one"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return f"{self.report.label_in_record}: {self.pk}"


class SignOff(models.Model):
    """Somebody stood for the report as it was: a later change of its content needs the signature again."""

    class Step(models.TextChoices):
        """In this order; the check of personal data may come at any time."""

        PERSONAL_DATA = "personal_data", _("check of personal data")
        UNIT = "unit", pgettext_lazy("step of approval", "unit that answers in substance")
        DEPARTMENT = "department", pgettext_lazy("step of approval", "department")
        PRESIDENT = "president", pgettext_lazy("step of approval", "President")

    report = models.ForeignKey(Report, models.PROTECT, related_name="signoffs", verbose_name=_("report"))
    step = models.CharField(_("step"), max_length=14, choices=Step)
    digest = models.CharField(_("digest of the content"), max_length=64)
    note = models.CharField(_("paper that was signed"), max_length=500, blank=True)
    """Where the President signed: number and day of the paper."""
    signed_at = models.DateTimeField(_("signed"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed by"))

    class Meta:
        verbose_name = _("signature under a report")
        verbose_name_plural = _("signatures under reports")
        ordering = ["report_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "step", "digest"], name="each_step_signs_a_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_step_display()}"

    @property
    def label_in_record(self) -> str:
        return f"{self.report.label_in_record}: {self.step}"
