"""Who stands behind an application: its author, co-authors and proxy; their data are here alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .applications import Application


class Party(models.Model):
    """One person of an application. A co-author is invited by a link and counts from the moment they accepted."""

    class Role(models.TextChoices):
        """In what part."""

        AUTHOR = "author", _("author")
        CO_AUTHOR = "co_author", _("co-author")
        PROXY = "proxy", _("proxy")

    application = models.ForeignKey(Application, models.CASCADE, related_name="parties", verbose_name=_("application of a project"))
    role = models.CharField(_("part"), max_length=10, choices=Role)
    name = models.CharField(_("first name and surname"), max_length=160, blank=True)
    address = models.CharField(_("address of residence"), max_length=300, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    is_minor = models.BooleanField(_("under the age at which a guardian signs"), default=False)
    guardian_name = models.CharField(_("first name and surname of the guardian"), max_length=160, blank=True)
    guardian_contact = models.CharField(_("how to reach the guardian"), max_length=254, blank=True)
    link_digest = models.CharField(max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("person of an application")
        verbose_name_plural = _("people of applications")
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(role="author"), name="one_author_per_application"),
            models.UniqueConstraint(fields=["link_digest"], condition=~Q(link_digest=""), name="one_person_per_invitation"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.role}"

    @property
    def label_in_record(self) -> str:
        return f"{self.role} {self.application_id}"
