"""Files with every answer that are made in the background: who asked, how far it is, how many rows and which checksum came out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.participation.surveys.models.surveys import Survey


class AnswersExport(models.Model):
    """One file that somebody asked for. The bytes go soon, the row stays as proof of what left."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a free worker")
        RUNNING = "running", pgettext_lazy("file", "is being written")
        DONE = "done", pgettext_lazy("file", "ready")
        FAILED = "failed", _("did not work")

    class Kind(models.TextChoices):
        ZIP = "zip", "CSV (ZIP)"
        XLSX = "xlsx", "XLSX"

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="exports", verbose_name=_("survey"))
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    written = models.PositiveIntegerField(_("rows written"), default=0)
    answers = models.PositiveIntegerField(_("answers when it was asked for"))
    digest = models.CharField(_("SHA-256 of the answers as CSV"), max_length=64, blank=True, editable=False)
    file = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who asked for the file")
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("file with answers")
        verbose_name_plural = _("files with answers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "kind"], condition=Q(state__in=["waiting", "running"]), name="one_unfinished_file_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(digest="") & Q(finished_at__isnull=False),
                name="a_file_that_is_ready_has_its_checksum",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("asked_at")), name="a_file_is_ready_after_it_was_asked_for"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.survey.label_in_record}: {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def percent(self) -> int:
        """How far it is, from 0 to 99 while it is written."""
        return min(99, 100 * self.written // self.answers) if self.answers else 0
