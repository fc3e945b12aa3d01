"""Paper sheets: numbered, scanned, and every line typed by two people; where they differ a third one settles it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.casework.signatures.models.collections import Collection

MOST_LINES = 100
"""Of one sheet, however it was drawn."""


class Sheet(models.Model):
    """One sheet of paper. `code` stands in its QR; who printed it is not noted, who brought it neither."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("collection"))
    number = models.PositiveIntegerField(_("number of the sheet"))
    code = models.CharField(_("code of the sheet"), max_length=30, unique=True, editable=False)
    made_at = models.DateTimeField(_("issued"))
    handed_in_at = models.DateTimeField(_("scan sent by whoever collects"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who received it"),
    )
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    filled = models.PositiveSmallIntegerField(_("lines written on it"), default=0)

    class Meta:
        verbose_name = _("sheet of signatures")
        verbose_name_plural = _("sheets of signatures")
        ordering = ["collection", "number"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "number"], name="one_number_one_sheet"),
            models.CheckConstraint(condition=Q(filled__lte=MOST_LINES, number__gte=1), name="a_sheet_has_at_most_100_lines"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None, filled=0) | Q(received_at__isnull=False, received_by__isnull=False),
                name="a_received_sheet_says_who_took_it",
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(handed_in_at__gte=F("made_at")), name="a_scan_comes_after_its_sheet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.collection_id}/{self.number}"


class LineState(models.TextChoices):
    """Where a line stands."""

    WAITING = "waiting", _("waits to be typed")
    ONCE = "once", _("typed once")
    DIFFERS = "differs", _("typed differently")
    COUNTED = "counted", pgettext_lazy("line of a sheet", "counted")
    REJECTED = "rejected", pgettext_lazy("line of a sheet", "rejected")


OPEN_LINES = (LineState.WAITING, LineState.ONCE, LineState.DIFFERS)


class SheetLine(models.Model):
    """One line of a sheet and what became of it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="lines", verbose_name=_("sheet"))
    number = models.PositiveSmallIntegerField(_("number of the line"))
    state = models.CharField(_("state"), max_length=10, choices=LineState, default=LineState.WAITING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    note = models.CharField(_("note on the reason"), max_length=300, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a sheet")
        verbose_name_plural = _("lines of sheets")
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_line_of_a_number"),
            models.CheckConstraint(
                condition=Q(state="rejected") & ~Q(reason="") | ~Q(state="rejected") & Q(reason=""),
                name="exactly_a_rejected_line_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["counted", "rejected"], decided_at__isnull=False)
                | Q(state__in=["waiting", "once", "differs"], decided_at=None),
                name="a_decided_line_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="line_waits", condition=Q(state__in=["waiting", "once", "differs"]))]

    def __str__(self) -> str:
        return f"{self.sheet_id}.{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.sheet_id}.{self.number}"


class Reading(models.Model):
    """What somebody reads in a line: a person, or the reason why it cannot count. `digest` is the keyed one of the person."""

    name = models.CharField(_("name and surname"), max_length=120, blank=True)
    home = models.CharField(_("address in the city"), max_length=200, blank=True)
    is_child = models.BooleanField(_("signed by a guardian for a child"), default=False)
    guardian = models.CharField(_("name of the guardian"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(_("typed"))
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        abstract = True


READ = ~Q(digest="", reason="") | Q(erased_at__isnull=False)
EMPTIED = Q(erased_at=None) | Q(name="", home="", guardian="", digest="")


class LineEntry(Reading):
    """One of the two typings of a line. It never changes; erased, it keeps who typed and the reason."""

    line = models.ForeignKey(SheetLine, on_delete=models.PROTECT, related_name="entries", verbose_name=_("line of a sheet"))
    turn = models.PositiveSmallIntegerField(_("first or second"))
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who typed"))

    class Meta:
        verbose_name = _("typing of a line")
        verbose_name_plural = _("typings of lines")
        ordering = ["line", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["line", "turn"], name="a_line_is_typed_twice"),
            models.UniqueConstraint(fields=["line", "clerk"], name="a_line_is_typed_by_two_people"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="a_line_has_two_turns"),
            models.CheckConstraint(condition=READ, name="a_typing_says_a_person_or_a_reason"),
            models.CheckConstraint(condition=EMPTIED, name="an_erased_typing_names_nobody"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}.{self.turn}"

    @property
    def label_in_record(self) -> str:
        return f"{self.line_id}.{self.turn}"


class LineSettlement(Reading):
    """The third look at a line that was typed differently, by somebody who typed neither."""

    line = models.OneToOneField(SheetLine, on_delete=models.PROTECT, related_name="settlement", verbose_name=_("line of a sheet"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who settled it")
    )

    class Meta:
        verbose_name = _("third look at a line")
        verbose_name_plural = _("third looks at lines")
        constraints = [
            models.CheckConstraint(condition=READ, name="a_third_look_says_a_person_or_a_reason"),
            models.CheckConstraint(condition=EMPTIED, name="an_erased_third_look_names_nobody"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}"

    @property
    def label_in_record(self) -> str:
        return f"{self.line_id}"
