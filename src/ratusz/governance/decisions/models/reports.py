"""What a unit says it did, and the proof of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC, Decision, Proof, State


class Report(models.Model):
    """A report of the unit in the lead: done, partly done or cannot be done. While it waits, the unit's clock stands."""

    class Answer(models.TextChoices):
        """What the President's office said."""

        WAITS = "waits", _("waits for acceptance")
        ACCEPTED = "accepted", _("accepted")
        SENT_BACK = "sent_back", _("sent back")

    ENDS = (
        (State.DONE, State.DONE.label),
        (State.PARTLY_DONE, State.PARTLY_DONE.label),
        (State.NOT_FEASIBLE, State.NOT_FEASIBLE.label),
    )

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="reports", verbose_name=_("decision of the President")
    )
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    end = models.CharField(_("how it ended"), max_length=14, choices=ENDS, default=State.DONE)
    text = models.CharField(_("what was done, in words for everybody"), max_length=LONGEST_PUBLIC)
    instead = models.CharField(_("what instead, in words for everybody"), max_length=LONGEST_PUBLIC, blank=True)
    note = models.TextField(_("note for the President's office"), max_length=2000, blank=True)
    reported_at = models.DateTimeField(_("reported"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, default=Answer.WAITS)
    answer_note = models.CharField(_("note to the unit"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("report on a decision")
        verbose_name_plural = _("reports on decisions")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(answer="waits"), name="one_report_waits"),
            models.CheckConstraint(condition=~Q(answer="sent_back") | ~Q(answer_note=""), name="report_sent_back_says_why"),
            models.CheckConstraint(condition=Q(end="done") | ~Q(instead=""), name="what_is_not_done_says_what_instead"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.end}"


class Evidence(models.Model):
    """One proof with its hash, author and moment; public or for the Office alone."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("report on a decision"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of evidence"), max_length=12, choices=Proof)
    label = models.CharField(_("what it shows"), max_length=200)
    file = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    alt = models.CharField(_("what is in the picture, for those who do not see it"), max_length=300, blank=True)
    number = models.CharField(_("number of the act, contract or invoice"), max_length=80, blank=True)
    url = models.URLField(_("address of the page"), max_length=500, blank=True)
    day = models.DateField(_("day of the inspection"), null=True, blank=True)
    is_public = models.BooleanField(_("everybody sees it"), default=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who added it")
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="photo", file__isnull=False) & ~Q(alt="")
                | Q(kind="document", file__isnull=False)
                | (Q(kind__in=("act", "contract")) & ~Q(number=""))
                | (Q(kind="page") & ~Q(url=""))
                | Q(kind="inspection", day__isnull=False),
                name="evidence_has_what_its_kind_needs",
            ),
            models.CheckConstraint(condition=Q(file=None) | ~Q(sha256=""), name="file_of_evidence_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
