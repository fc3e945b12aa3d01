"""A committee's notice sent from the website: not public, waits for a clerk, becomes an initiative or gets words why not."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.codes import formatted


class NoticeState(models.TextChoices):
    """Where a notice stands."""

    WAITING = "waiting", _("waits for the Office")
    ADMITTED = "admitted", pgettext_lazy("notice", "admitted")
    DECLINED = "declined", _("not admitted")


class CommitteeNotice(models.Model):
    """What a committee wrote. Admitted, its people are the initiative's and are kept here no more."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=NoticeState, default=NoticeState.WAITING)
    title = models.CharField(_("title of the draft resolution"), max_length=300)
    draft = models.TextField(_("text of the draft resolution"), max_length=60_000)
    justification = models.TextField(_("justification of the draft"), max_length=20_000)
    members = models.TextField(_("Committee"), max_length=4000, blank=True)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    statement = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("signed statement")
    )
    received_at = models.DateTimeField(_("received"))
    words = models.TextField(_("why it is not admitted"), max_length=8000, blank=True)
    initiative = models.OneToOneField(
        "ratusz_initiatives.Initiative", models.SET_NULL, null=True, blank=True, related_name="notice", verbose_name=_("initiative")
    )
    judged_at = models.DateTimeField(_("checked"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who checked it")
    )

    class Meta:
        verbose_name = _("notice of a committee")
        verbose_name_plural = _("notices of committees")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(words=""), name="a_notice_not_admitted_says_why"),
            models.CheckConstraint(
                condition=~Q(state="admitted") | Q(members="", contact=None), name="an_admitted_notice_keeps_nobody"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def label_in_record(self) -> str:
        return str(self.pk)

    @property
    def receipt(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)
