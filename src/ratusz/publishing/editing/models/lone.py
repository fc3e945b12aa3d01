"""What went out without a second pair of eyes, why, and who read it afterwards."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from .submissions import Submission, person_key


class LonePublicationQuerySet(models.QuerySet["LonePublication"]):
    """Filters on lone publications."""

    def unread(self) -> LonePublicationQuerySet:
        return self.filter(reviewed_at=None)


class LonePublication(models.Model):
    """One publication by one person alone, of a submission or of a page; somebody else reads it the next working day."""

    submission = models.OneToOneField(Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="lone_publication")
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=True
    )
    title = models.CharField(_("title of the page"), max_length=255, blank=True)
    version = models.PositiveIntegerField(_("version"))
    """Of the submission; of a page the number of its revision."""
    reason = models.TextField(_("why it could not wait"), max_length=1000)
    published_by = person_key(_("published by"))
    published_at = models.DateTimeField(_("published"))
    reviewed_by = person_key(_("read by"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("read"), null=True, blank=True)
    review = models.TextField(_("what the second person found"), blank=True, max_length=1000)

    objects = LonePublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication without a second pair of eyes")
        verbose_name_plural = _("publications without a second pair of eyes")
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("published_by")), name="somebody_else_reads_it"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None) | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="a_review_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=False, page=None, title="") | (Q(submission=None) & ~Q(title="")),
                name="alone_goes_a_submission_or_a_page",
            ),
            models.UniqueConstraint(fields=["version"], condition=Q(submission=None), name="a_revision_goes_out_alone_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_lone_publication_has_its_reason"),
        ]

    def __str__(self) -> str:
        return str(self.submission) if self.submission_id else self.title

    @property
    def address(self) -> str:
        """Where staff read it afterwards."""
        if self.submission_id:
            return reverse("editing_submission", args=[self.submission_id])
        return reverse("editing_lone_page", args=[self.pk])

    @property
    def label_in_record(self) -> str:
        """A title of a page may name a person."""
        return str(self.submission) if self.submission_id else f"page {self.page_id}, revision {self.version}"
