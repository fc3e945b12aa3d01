"""Requests that the law gives a clock: what a resident wants, how to reach them, what we wrote back and how it ended."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.codes import formatted


class Kind(models.TextChoices):
    """What the law calls it."""

    ACCESSIBILITY = "accessibility", _("accessibility request")
    COMPLAINT = "accessibility_complaint", _("complaint about accessibility")
    INFORMATION = "public_information", _("public-information request")


class Contact(models.TextChoices):
    """How the person wants to be reached; the first two go through the outbox, letters too."""

    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by post")
    PHONE = "phone", _("by phone")
    NONE = "none", _("not at all: I will come back with the number")


class Through(models.TextChoices):
    """How it reached the Office."""

    FORM = "form", _("form on the website")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    DESK = "desk", _("in person")
    PHONE = "phone", _("phone")
    EPUAP = "epuap", _("ePUAP or e-Doręczenia")


class Outcome(models.TextChoices):
    """How it ended; each but the last stops the clock of its kind under the same name."""

    DONE = "done", _("made accessible")
    ALTERNATIVE = "alternative_access", _("given in another way")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("refused")
    NOT_PUBLIC = "not_public_information", _("it is no public information")
    NOT_HELD = "not_held", _("we do not have this information")
    HANDED_OVER = "handed_over", _("handed over to another body")
    WITHDRAWN = "withdrawn", _("withdrawn by the person")


class RequestQuerySet(models.QuerySet["Request"]):
    """Filters on requests."""

    def open(self) -> RequestQuerySet:
        return self.filter(settled_at=None)

    def settled_before(self, moment: datetime, days: int) -> RequestQuerySet:
        """Closed more than so many days before that moment."""
        return self.filter(settled_at__lt=moment - timedelta(days=days))


class Request(models.Model):
    """One request. `code` stands on the receipt; staff call it by its number. Nobody has to say who they are or why they ask."""

    kind = models.CharField(_("kind of request"), max_length=30, choices=Kind)
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    form_key = models.UUIDField(_("key of the form"), unique=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField(_("received"))
    through = models.CharField(_("received through"), max_length=10, choices=Through, default=Through.FORM)
    text = models.TextField(_("what the request is about"), max_length=5000)
    place = models.CharField(_("where the barrier is"), max_length=500, blank=True)
    wanted = models.TextField(_("way of access asked for"), max_length=1000, blank=True)
    about = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="complaints", verbose_name=_("complains about")
    )
    name = models.CharField(_("name of the person"), max_length=200, blank=True)
    contact = models.CharField(_("how to answer"), max_length=10, choices=Contact, default=Contact.NONE)
    contact_value = models.TextField(_("where to answer"), max_length=500, blank=True)
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    case_number = models.CharField(_("case number in EZD"), max_length=80, blank=True)
    extended_until = models.DateTimeField(_("extended until"), null=True, blank=True)
    settled_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=30, choices=Outcome, blank=True)
    decision_number = models.CharField(_("number of the decision in EZD"), max_length=80, blank=True)
    handed_to = models.CharField(_("handed over to"), max_length=200, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of a resident")
        verbose_name_plural = _("requests of residents")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="request_ends_with_an_outcome",
            ),
            # A refusal of public information is an administrative decision (art. 16 ust. 1 UDIP).
            models.CheckConstraint(
                condition=~Q(kind="public_information", outcome="refused", decision_number=""), name="refusal_names_its_decision"
            ),
            models.CheckConstraint(condition=~Q(outcome="handed_over", handed_to=""), name="handing_over_names_the_body"),
            models.CheckConstraint(
                condition=Q(contact="none", contact_value="") | (~Q(contact="none") & ~Q(contact_value="")),
                name="contact_has_its_address",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(kind)s no. %(number)s") % {"kind": self.get_kind_display(), "number": self.pk}

    @property
    def label_in_record(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def number(self) -> str:
        """As printed on the receipt: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)

    @property
    def key(self) -> str:
        """Subject of its clock and of messages about it."""
        return f"requests.request:{self.pk}"


class Reply(models.Model):
    """What we wrote to the person: a notice of a longer term, or the answer that closed the request."""

    class About(models.TextChoices):
        """Why we wrote."""

        EXTENSION = "extension", _("longer term")
        ANSWER = "answer", _("answer")

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="replies", verbose_name=_("request of a resident"))
    about = models.CharField(_("why we wrote"), max_length=10, choices=About)
    text = models.TextField(_("text"), max_length=10000, blank=True)
    written_at = models.DateTimeField(_("written"))
    was_sent = models.BooleanField(_("sent through the outbox"), default=False)

    class Meta:
        verbose_name = _("reply to a request")
        verbose_name_plural = _("replies to requests")
        ordering = ["written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["request", "about"], name="request_is_answered_and_extended_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.about}"
