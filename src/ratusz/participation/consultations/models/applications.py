"""An application for a consultation (wniosek o konsultacje): what residents ask to be consulted, its way, and what came of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models.consultations import Area, Consultation


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", pgettext_lazy("application for a consultation", "draft")
    COLLECTING = "collecting", _("collects signatures")
    SUBMITTED = "submitted", _("submitted, waits for the formal check")
    CALLED = "called", _("called to be completed")
    COMPLETE = "complete", _("formally complete, waits for a decision")
    ACCEPTED = "accepted", pgettext_lazy("application for a consultation", "accepted")
    REFUSED = "refused", pgettext_lazy("application for a consultation", "refused")
    APPEALED = "appealed", _("refused, an appeal is with the City Council")
    DISMISSED = "dismissed", _("refused, the City Council dismissed the appeal")
    WITHDRAWN = "withdrawn", pgettext_lazy("application for a consultation", "withdrawn")


OPEN = (ApplicationState.SUBMITTED, ApplicationState.CALLED, ApplicationState.COMPLETE)
"""The Office has it and has not decided."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters on applications."""

    def public(self) -> ApplicationQuerySet:
        """Those that everybody may see: from the first signature on."""
        return self.exclude(number=None)

    def submitted(self) -> ApplicationQuerySet:
        """Those that reached the Office."""
        return self.exclude(submitted_at=None)


class Application(models.Model):
    """One application. Subject, reasons and scope are public; the contact person is not, and is erased without it."""

    class Channel(models.TextChoices):
        """How it came."""

        ONLINE = "online", pgettext_lazy("application for a consultation", "form on the website")
        PAPER = "paper", pgettext_lazy("application for a consultation", "on paper")
        EMAIL = "email", pgettext_lazy("application for a consultation", "by e-mail, e-delivery or ePUAP")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)
    """Issued with the empty form: two identical submits are one application."""
    number = models.CharField(_("number"), max_length=40, unique=True, null=True, blank=True)
    """"WK/2026/0003"; given when it becomes public; the receipt, too."""
    state = models.CharField(_("state"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel, default=Channel.ONLINE)
    initiator = models.CharField(_("who applies"), max_length=40)
    """A code of packs/applications.toml: residents, a district council, an organisation …"""
    organisation = models.CharField(_("name of the organisation or the body"), max_length=250, blank=True)
    title = models.CharField(_("title of the application"), max_length=250)
    subject = models.TextField(_("what is to be consulted"), max_length=4000)
    reasons = models.TextField(_("why it is to be consulted"), max_length=4000)
    scope_words = models.CharField(_("whom it concerns, in words"), max_length=500, blank=True)
    forms = models.JSONField(_("proposed forms"), default=list)
    """Codes of packs/forms.toml."""
    other_forms = models.CharField(_("other forms, in words"), max_length=500, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_address = models.CharField(_("postal address of the contact person"), max_length=300, blank=True)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    needed = models.PositiveIntegerField(_("supporters needed"), default=0)
    """As the rules said when it became public; 0 for those who need none."""
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that knows the matter")
    )
    made_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("refusal received"), null=True, blank=True)
    """From here the days of the appeal run."""
    session_on = models.DateField(_("session of the City Council"), null=True, blank=True)
    resolution = models.CharField(_("number of the Council's resolution"), max_length=60, blank=True)
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, blank=True, related_name="application", verbose_name=_("consultation")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for a consultation")
        verbose_name_plural = _("applications for consultations")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | Q(number__isnull=False),
                name="a_public_application_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "collecting", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="an_application_on_its_way_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", consultation__isnull=False) | ~Q(state="accepted"),
                name="an_accepted_application_is_a_consultation",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused", "appealed", "dismissed"]) | Q(decided_at__isnull=False),
                name="a_decided_application_says_when",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(contact_name="", contact_address="", contact=None),
                name="an_erased_application_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("consultation_applications:application", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number or str(self.pk)

    @property
    def key(self) -> str:
        """Subject of its clocks, its signatures and messages about it."""
        return f"consultations.application:{self.pk}"

    @property
    def slug(self) -> str:
        """Its number in an address: "2026-0003"."""
        return (self.number or "").partition("/")[2].replace("/", "-")


class ApplicationArea(models.Model):
    """A part of the city that an application names; becomes an area of the consultation as it is."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="areas", verbose_name=_("application"))
    kind = models.CharField(_("kind"), max_length=10, choices=Area.Kind)
    name = models.CharField(_("name"), max_length=200)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    shape = models.JSONField(_("shape as GeoJSON geometry"), null=True, blank=True)

    class Meta:
        verbose_name = _("area of an application")
        verbose_name_plural = _("areas of applications")
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "name"], name="an_area_is_named_once_in_an_application"),
            models.CheckConstraint(
                condition=Q(kind="city", district=None, shape=None)
                | Q(kind="district", district__isnull=False, shape=None)
                | Q(kind="drawn", district=None, shape__isnull=False),
                name="an_area_of_an_application_is_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ApplicationStep(models.Model):
    """One thing that happened to an application, in the order of time; never changed. `words` are public."""

    class Kind(models.TextChoices):
        """What happened."""

        OPENED = "opened", _("signatures are collected")
        SUBMITTED = "submitted", pgettext_lazy("step", "application submitted")
        CALLED = "called", pgettext_lazy("step", "call to complete the application")
        ANSWERED = "answered", pgettext_lazy("step", "the call was answered")
        LAPSED = "lapsed", _("the term to complete it is over")
        COMPLETE = "complete", _("found formally complete")
        ACCEPTED = "accepted", _("the President accepts it")
        REFUSED = "refused", _("the President refuses it")
        DELIVERED = "delivered", _("the refusal was received")
        APPEALED = "appealed", _("an appeal to the City Council was filed")
        SESSION = "session", _("the Council's session is known")
        UPHELD = "upheld", _("the City Council upheld the appeal")
        DISMISSED = "dismissed", _("the City Council dismissed the appeal")
        WITHDRAWN = "withdrawn", pgettext_lazy("step", "application withdrawn")

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name=_("application"))
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    happened_at = models.DateTimeField(_("when"))
    words = models.TextField(_("words for everybody"), max_length=8000, blank=True)
    due_at = models.DateTimeField(_("term"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who did it")
    )

    class Meta:
        verbose_name = _("step of an application for a consultation")
        verbose_name_plural = _("steps of applications for consultations")
        ordering = ["application_id", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.kind}"


class SupportTerms(models.Model):
    """How supporters are collected from a moment on, with the ground that was recorded; the newest row holds, none is changed."""

    is_online = models.BooleanField(_("signatures are taken online"), default=False)
    asks_pesel = models.BooleanField(_("lists on paper ask for PESEL"), default=False)
    ground = models.TextField(_("ground: article and resolution"), max_length=1000)
    set_at = models.DateTimeField(_("holds from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who set it"))

    class Meta:
        verbose_name = _("terms of collecting supporters")
        verbose_name_plural = _("terms of collecting supporters of applications")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(ground=""), name="terms_of_supporters_have_a_ground")]

    def __str__(self) -> str:
        return f"{self.set_at}"
