"""Remarks and objections of residents to a project: shown once a moderator let them out, answered by the Office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .applications import Application


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Filters on remarks."""

    def shown(self) -> RemarkQuerySet:
        """Those everybody reads."""
        return self.filter(shown_at__isnull=False)


class Remark(models.Model):
    """What somebody says of a project in the stage of remarks. No name is asked, an e-mail if they want to hear of it."""

    class Kind(models.TextChoices):
        """What it is."""

        REMARK = "remark", _("remark")
        OBJECTION = "objection", _("objection")

    application = models.ForeignKey(Application, models.CASCADE, related_name="remarks", verbose_name=_("application of a project"))
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    words = models.TextField(_("what it says"), max_length=3000)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    written_at = models.DateTimeField(_("written"))
    shown_at = models.DateTimeField(_("let out"), null=True, blank=True)
    answer = models.TextField(_("answer of the Office"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who answered")
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a project")
        verbose_name_plural = _("remarks on projects")
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="a_remark_is_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"

    @property
    def pk_text(self) -> str:
        """Its number as a form sends it."""
        return str(self.pk)

    @property
    def label_in_record(self) -> str:
        return f"{self.kind} {self.pk}"
