"""One intake (zgłoszenie): what one author or a list of them handed in at once, through one channel, under one receipt."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models import Consultation, Form


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Filters on intakes."""

    def counted(self) -> IntakeQuerySet:
        """Those that stand for a voice now: registered or accepted."""
        return self.filter(state__in=COUNTED)

    def shown(self) -> IntakeQuerySet:
        """Those whose remarks everybody may see once they are let out: all but the ones that are invalid or in another form."""
        return self.exclude(state__in=NOT_SHOWN)


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

    class Heard(models.TextChoices):
        """How somebody came to know of the consultation: effects of the campaign by channel."""

        WEBSITE = "website", _("from the city's website")
        SOCIAL = "social", _("from social media")
        NEWSLETTER = "newsletter", _("from the newsletter")
        PRESS = "press", _("from a newspaper, the radio or television")
        POSTER = "poster", _("from a poster, a leaflet or a board")
        MEETING = "meeting", _("at a meeting")
        PEOPLE = "people", _("from somebody I know")
        OTHER = "other", _("in another way")

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered intake")
        COMPLETION_ASKED = "completion_asked", _("completion asked for")
        ACCEPTED = "accepted", _("accepted")
        LATE = "late", _("after the end")
        OUT_OF_SCOPE = "out_of_scope", _("outside the subject")
        REJECTED = "rejected", _("invalid")
        WRONG_FORM = "wrong_form", _("in another form")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    class Proof(models.TextChoices):
        """How sure it is who speaks."""

        NONE = "L0", _("not checked")
        DECLARED = "L1", _("declared")
        ADDRESS = "L2", _("address found in the register of streets")
        CODE = "L3", _("confirmed by a code")

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
    heard_from = models.CharField(_("how they heard of it"), max_length=12, choices=Heard, blank=True)
    language = models.CharField(_("language"), max_length=5, default="pl")
    """Of the form that was filled in; letters go in it."""
    answers = models.JSONField(_("other answers of the form"), default=dict, blank=True)
    """Fields of the form's schema that have no column of their own, by their names; they go with the author."""
    proof = models.CharField(_("how the author is known"), max_length=2, choices=Proof, default=Proof.NONE)
    author_digest = models.CharField(max_length=64, blank=True, editable=False)
    """Keyed digest of the name and address in normal form: one person is known within one form without a PESEL."""
    token_digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    """Of the link of the author's own page."""
    code_handle = models.UUIDField(null=True, blank=True, editable=False)
    missing = models.JSONField(_("what is missing"), default=list, blank=True)
    asked_at = models.DateTimeField(_("completion asked for"), null=True, blank=True)
    reason_note = models.CharField(_("note on the reason"), max_length=500, blank=True)
    judged_at = models.DateTimeField(_("when it was judged"), null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    """None of a rejected one: the declared rule on repeated ones did it."""
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second person")
    )
    """Who looked at a rejected paper besides whoever rejects it."""
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats the intake")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who entered it")
    )
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)
    source_key = models.CharField(_("where it comes from"), max_length=120, blank=True)
    """The thing elsewhere that it was made of: "meetings.voice:12", "forum.comment:7"; one intake each."""

    objects = IntakeQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(author_name="", author_address="", contact=None, answers={}, author_digest=""),
                name="an_erased_intake_names_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "state", "id"], name="intakes_by_state"),
            models.Index(fields=["form", "author_digest"], name="intakes_by_author", condition=~Q(author_digest="")),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def is_incomplete(self) -> bool:
        """Registered, but something that the form of its mode needs is missing."""
        return self.state == self.State.REGISTERED and bool(self.missing)

    @property
    def label_in_record(self) -> str:
        return self.receipt

    @property
    def key(self) -> str:
        return f"remarks.intake:{self.pk}"


COUNTED = (Intake.State.REGISTERED, Intake.State.ACCEPTED)
NOT_SHOWN = (Intake.State.REJECTED, Intake.State.WRONG_FORM, Intake.State.COMPLETION_ASKED)


class Complaint(models.Model):
    """What the author says against a rejection, and the answer of somebody else than whoever rejected."""

    intake = models.OneToOneField(Intake, models.PROTECT, related_name="complaint", verbose_name=_("intake"))
    words = models.TextField(_("what the author says"), max_length=3000)
    made_at = models.DateTimeField(_("filed"))
    is_upheld = models.BooleanField(_("the author is right"), null=True, blank=True)
    answer = models.TextField(_("answer of the Office"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who answered")
    )

    class Meta:
        verbose_name = _("complaint about a rejection")
        verbose_name_plural = _("complaints about rejections")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", is_upheld=None, answered_by=None)
                | Q(answered_at__isnull=False, is_upheld__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="a_complaint_is_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.intake.receipt

    @property
    def label_in_record(self) -> str:
        return self.intake.receipt
