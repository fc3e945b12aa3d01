"""A public hearing on a draft resolution: what ordered it, its meeting, written opinions with the author's position, the vote."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.codes import formatted


class HearingQuerySet(models.QuerySet["Hearing"]):
    """Filters on hearings."""

    def public(self) -> HearingQuerySet:
        """Those whose meeting was announced, called off ones too."""
        return self.exclude(meeting__state="draft").filter(meeting__is_public=True)


class Hearing(models.Model):
    """One public hearing. Day, place, list of speakers, door and minutes are its meeting's; nothing of them is kept here."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    """ "WP/2026/0003"."""
    title = models.CharField(_("title of the draft resolution"), max_length=300)
    draft = models.TextField(_("text of the draft resolution"), max_length=60_000)
    author = models.CharField(_("who brought the draft"), max_length=200)
    """An office or a body, such as "Prezydent Miasta": it takes a position on each opinion."""
    chair = models.CharField(_("to whom opinions are written"), max_length=200)
    ordered_by = models.CharField(_("resolution that ordered the hearing"), max_length=60)
    ordered_on = models.DateField(_("day of that resolution"))
    meeting = models.OneToOneField(
        "ratusz_meetings.Meeting", models.PROTECT, related_name="hearing", verbose_name=_("meeting")
    )  # fmt: skip
    opinions_until = models.DateField(_("last day for written opinions"))
    listed_at = models.DateTimeField(_("speakers put in order"), null=True, blank=True)
    speaker_count = models.PositiveSmallIntegerField(_("how many asked to speak"), default=0)
    """Counted when they were put in order: the registrations are forgotten soon after the hearing."""
    handed_at = models.DateTimeField(_("dossier handed to councillors"), null=True, blank=True)
    """From here opinions and positions do not change: the dossier stays as councillors got it."""
    session_on = models.DateField(_("session of the vote"), null=True, blank=True)
    is_adopted = models.BooleanField(_("the Council adopted the resolution"), null=True, blank=True)
    resolution = models.CharField(_("number of the Council's resolution"), max_length=60, blank=True)
    words = models.TextField(_("more about the result"), max_length=8000, blank=True)
    made_at = models.DateTimeField(_("entered"))

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("public hearing")
        verbose_name_plural = _("public hearings")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_adopted=None) | Q(handed_at__isnull=False, session_on__isnull=False),
                name="councillors_get_the_dossier_before_the_vote",
            ),
            models.CheckConstraint(condition=~Q(is_adopted=True) | ~Q(resolution=""), name="an_adopted_draft_has_its_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("hearings:hearing", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number

    @property
    def slug(self) -> str:
        """Its number in an address: "2026-0003"."""
        return self.number.partition("/")[2].replace("/", "-")


class OpinionPosition(models.TextChoices):
    """What the author of the draft does with an opinion."""

    TAKEN = "taken", _("taken into account")
    PARTLY = "partly", _("taken into account in part")
    NOT_TAKEN = "not_taken", _("not taken into account")
    NOTED = "noted", _("noted: it does not concern the draft")


class HearingOpinion(models.Model):
    """One written opinion. Who wrote it stays with staff; everybody reads `shown_text` with the author's position."""

    class Channel(models.TextChoices):
        """How it came."""

        ONLINE = "online", _("form on the website")
        PAPER = "paper", _("on paper")
        EMAIL = "email", pgettext_lazy("channel", "by e-mail")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="opinions", verbose_name=_("public hearing"))
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel, default=Channel.ONLINE)
    who = models.CharField(_("name and surname"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    """Public, when the opinion is one of an organisation."""
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    text = models.TextField(_("opinion"), max_length=20_000, blank=True)
    filed_at = models.DateTimeField(_("received"))
    shown_text = models.TextField(_("opinion as everybody reads it"), max_length=20_000, blank=True)
    position = models.CharField(_("position of the author"), max_length=10, choices=OpinionPosition, blank=True)
    reasons = models.TextField(_("reasons of the position"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(_("position written"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who wrote it down")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion for a hearing")
        verbose_name_plural = _("opinions for hearings")
        ordering = ["hearing_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "number"], name="an_opinion_has_its_number"),
            models.CheckConstraint(condition=~Q(text="") | Q(erased_at__isnull=False), name="an_opinion_has_words"),
            models.CheckConstraint(
                condition=Q(position="") | (~Q(reasons="") & ~Q(shown_text="") & Q(answered_at__isnull=False)),
                name="a_position_has_reasons_and_words_for_everybody",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(who="", contact=None, text=""), name="an_erased_opinion_names_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return str(self)

    @property
    def is_gone(self) -> bool:
        """Erased before the author of the draft took a position: nothing is left to read or to answer."""
        return self.erased_at is not None and not self.position

    @property
    def receipt(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)
