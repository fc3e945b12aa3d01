"""A debate on the report on the state of the municipality (art. 28aa usg), and the forms by which residents ask to speak in it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.codes import formatted


class Debate(models.Model):
    """One debate: the report, the session, how many signatures a form needs and how many residents speak."""

    year = models.PositiveSmallIntegerField(_("year the report is about"), unique=True)
    session_at = models.DateTimeField(_("session with the debate"))
    place = models.CharField(_("place"), max_length=200)
    report_url = models.URLField(_("address of the report"), max_length=500, blank=True)
    report_on = models.DateField(_("report presented"), null=True, blank=True)
    signatures_needed = models.PositiveSmallIntegerField(_("signatures needed"))
    """By the number of people in the municipality, as the rules said when the debate was entered."""
    most_speakers = models.PositiveSmallIntegerField(_("how many residents speak"))
    raised_by = models.CharField(_("resolution that raised this number"), max_length=60, blank=True)
    resolution = models.CharField(_("resolution on the vote of confidence"), max_length=60, blank=True)
    words = models.TextField(_("how the debate went, for everybody"), max_length=8000, blank=True)
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("debate on the state of the municipality")
        verbose_name_plural = _("debates on the state of the municipality")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(signatures_needed__gte=1, most_speakers__gte=1), name="a_debate_has_its_numbers")
        ]

    def __str__(self) -> str:
        return f"DG/{self.year}"

    def get_absolute_url(self) -> str:
        return reverse("debates:debate", args=[self.year])

    @property
    def label_in_record(self) -> str:
        return str(self)


class EntryState(models.TextChoices):
    """Where a resident's form stands."""

    RECEIVED = "received", _("received, waits to be checked")
    LISTED = "listed", _("on the list of speakers")
    REFUSED = "refused", _("not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("form", "withdrawn")


class Refusal(models.TextChoices):
    """Why a form is not accepted: what the law says, and no more."""

    FEW_SIGNATURES = "few_signatures", _("too few signatures")
    LATE = "late", _("filed after the day before the session")
    DOUBLED = "doubled", _("this person has a form already")
    NOT_RESIDENT = "not_resident", _("not a resident of the city")


class DebateEntry(models.Model):
    """A resident's form with signatures. Nobody but the Office sees who it is; everybody sees its place and moment."""

    class Channel(models.TextChoices):
        """How it came."""

        ONLINE = "online", _("scan by the website")
        PAPER = "paper", _("on paper")
        DELIVERY = "delivery", _("electronic delivery (e-Doręczenia, ePUAP)")

    debate = models.ForeignKey(Debate, models.CASCADE, related_name="entries", verbose_name=_("debate"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(_("which in the order of entering"))
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.ONLINE)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.RECEIVED)
    name = models.CharField(_("name and surname"), max_length=200, blank=True)
    home = models.CharField(_("address of residence"), max_length=300, blank=True)
    person_digest = models.CharField(_("sealed name and address"), max_length=64, blank=True, editable=False)
    """Of name and address under a key elsewhere: one person stands on the list once."""
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    received_at = models.DateTimeField(_("received"))
    signatures = models.PositiveIntegerField(_("signatures that count"), null=True, blank=True)
    refusal = models.CharField(_("why it is not accepted"), max_length=16, choices=Refusal, blank=True)
    judged_at = models.DateTimeField(_("checked"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who checked it")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("resident's form for a debate")
        verbose_name_plural = _("residents' forms for debates")
        ordering = ["debate_id", "received_at", "order"]
        constraints = [
            models.UniqueConstraint(fields=["debate", "order"], name="a_form_for_a_debate_has_its_order"),
            models.UniqueConstraint(
                fields=["debate", "person_digest"], condition=Q(state="listed") & ~Q(person_digest=""),
                name="a_resident_speaks_in_a_debate_once",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="a_refused_form_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="listed") | Q(signatures__isnull=False), name="a_listed_form_has_its_signatures_counted"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", home="", person_digest="", contact=None, scan=None),
                name="an_erased_form_names_nobody",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.debate_id}/{self.order}"

    @property
    def label_in_record(self) -> str:
        return str(self)

    @property
    def receipt(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)
