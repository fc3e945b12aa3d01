"""Numbers by series, cases with their sign and archival category, archive packages and what the document system answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class NumberCounter(models.Model):
    """The last number of a series in a year. Its row is the lock that gives numbers one after another, without gaps."""

    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of numbers")
        verbose_name_plural = _("counters of numbers")
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_counter_of_a_series_and_year")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class IssuedNumber(models.Model):
    """A number given to one thing; `text` is what people read: "U/2026/0042"."""

    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("issued number")
        verbose_name_plural = _("issued numbers")
        ordering = ["series", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="a_number_is_issued_once"),
            models.UniqueConstraint(fields=["series", "subject"], name="a_thing_has_one_number_of_a_series"),
            models.CheckConstraint(condition=Q(number__gt=0), name="numbers_begin_with_one"),
        ]

    def __str__(self) -> str:
        return self.text


class Case(models.Model):
    """A case (sprawa): its sign is unit.class.number.year; class and archival category as they were on the day it was opened."""

    kind = models.CharField(_("kind of case"), max_length=60)
    subject = models.CharField(max_length=120, unique=True, editable=False)
    sign = models.CharField(_("case number (znak sprawy)"), max_length=120, unique=True)
    title = models.CharField(_("title of the case"), max_length=300)
    url = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    plan_class = models.CharField(_("class of the file plan (JRWA)"), max_length=20)
    category = models.CharField(_("archival category"), max_length=10)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    foreign_number = models.CharField(_("number in the document system (EZD)"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="case_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.title}"

    @property
    def label_in_record(self) -> str:
        return self.sign


BEFORE = ("made", "waiting")
"""States of a package that has not left."""


class Package(models.Model):
    """An archive package of a case as it was at one moment: a ZIP with a list of its files and their checksums."""

    class State(models.TextChoices):
        """Where the package is on its way to the document system."""

        MADE = "made", _("made, not handed over")
        WAITING = "waiting", _("waits to be handed over")
        HANDED = "handed", _("handed over, no answer yet")
        TAKEN = "taken", _("taken by the document system")
        REFUSED = "refused", _("refused by the document system")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packages", verbose_name=_("case"))
    number = models.PositiveSmallIntegerField(_("number of the package"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    content = models.BinaryField(editable=False)
    files = models.JSONField(_("files"), default=list)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MADE)
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("what the document system said"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="packages_of_a_case_are_numbered"),
            models.UniqueConstraint(fields=["case", "sha256"], name="the_same_package_is_made_once"),
            models.CheckConstraint(
                condition=Q(state__in=("made", "waiting"), handed_at=None)
                | Q(state__in=("handed", "taken", "refused"), handed_at__isnull=False),
                name="a_package_on_its_way_was_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.sign}, {self.number}"

    @property
    def label_in_record(self) -> str:
        return str(self)

    @property
    def file_name(self) -> str:
        """Harmless on any disk, unlike a sign: "KS-0610-3-2026_1.zip"."""
        return f"{self.case.sign.replace('.', '-').replace('/', '-')}_{self.number}.zip"
