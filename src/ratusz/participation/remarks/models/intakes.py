"""One intake (zgłoszenie): what one author or a list of them handed in at once, through one channel, under one receipt."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models import Consultation, Form


class Intake(models.Model):
    """What was handed in. Whatever stands in it is kept, whether it counts or not; the author is erasable, the remarks are not."""

    class Channel(models.TextChoices):
        ONLINE = "online", _("online form")
        EMAIL = "email", _("e-mail")
        E_DELIVERY = "e_delivery", _("e-delivery or ePUAP")
        POST = "post", _("by post")
        HAND = "hand", _("handed in")
        URN = "urn", _("urn")
        ORAL = "oral", _("said for the record")
        MEETING = "meeting", _("minutes of a meeting")
        FORUM = "forum", _("consultation platform")
        PETITION = "petition", _("list of people")
        OPINION = "opinion", _("opinion form of an organisation")

    class Category(models.TextChoices):
        RESIDENT = "resident", _("resident")
        OWNER = "owner", _("owner or perpetual user")
        FIRM = "firm", _("firm")
        NGO = "ngo", _("non-governmental organisation")
        HOUSING = "housing", _("housing cooperative or community")
        DISTRICT_COUNCIL = "district_council", _("district council")
        INSTITUTION = "institution", _("institution")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("not known")

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered intake")
        COMPLETION_ASKED = "completion_asked", _("completion asked for")
        ACCEPTED = "accepted", _("accepted")
        LATE = "late", _("after the end")
        OUT_OF_SCOPE = "out_of_scope", _("outside the subject")
        REJECTED = "rejected", _("invalid")
        WRONG_FORM = "wrong_form", _("in another form")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="intakes", verbose_name=_("consultation"))
    form = models.ForeignKey(Form, models.PROTECT, null=True, blank=True, related_name="intakes", verbose_name=_("form"))
    receipt = models.CharField(_("receipt"), max_length=20, unique=True)
    """With a check digit; printed on the paper stub; never used again."""
    form_key = models.UUIDField(unique=True, editable=False)
    """Issued with the empty form: two identical submits are one intake. Imports make theirs from the file's hash and the row."""
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    received_at = models.DateTimeField(_("received"))
    entered_at = models.DateTimeField(_("entered"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REGISTERED)
    reason_code = models.CharField(_("reason code"), max_length=10, blank=True)
    """N01 … of packs/reasons.toml, for rejected ones."""
    category = models.CharField(_("who speaks"), max_length=20, choices=Category, default=Category.RESIDENT)
    organisation = models.CharField(_("organisation"), max_length=250, blank=True)
    """Public: who speaks for whom."""
    supporters = models.PositiveIntegerField(_("people who support it"), default=1)
    author_name = models.CharField(_("name"), max_length=200, blank=True)
    author_address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    """Where each public change is told; an account is not needed."""
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    is_in_area = models.BooleanField(_("inside the area"), null=True, blank=True)
    """None: not known. Marked, never a reason to drop."""
    source_key = models.CharField(_("where it comes from"), max_length=120, blank=True)
    """The thing elsewhere that it was made of: "meetings.voice:12", "forum.comment:7"; one intake each."""

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["consultation_id", "received_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason_code=""), name="a_rejected_intake_has_a_reason_code"),
            models.UniqueConstraint(
                fields=["consultation", "source_key"], condition=~Q(source_key=""), name="one_intake_of_each_source"
            ),
            models.CheckConstraint(condition=Q(supporters__gte=1), name="an_intake_has_at_least_one_supporter"),
        ]
        indexes = [models.Index(fields=["consultation", "state", "id"], name="intakes_by_state")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def label_in_record(self) -> str:
        return self.receipt
