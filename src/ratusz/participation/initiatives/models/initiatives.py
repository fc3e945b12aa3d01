"""A citizens' resolution initiative (art. 41a usg): its committee, draft, way to a session, and the result."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InitiativeState(models.TextChoices):
    """Where an initiative stands."""

    COLLECTING = "collecting", _("collects signatures")
    FILED = "filed", _("filed, waits for the formal check")
    CALLED = "called", _("the committee is called to complete it")
    VALID = "valid", _("valid, waits for a session of the Council")
    AGENDA = "agenda", _("on the agenda of a session")
    ADOPTED = "adopted", _("the Council adopted the resolution")
    REJECTED = "rejected", _("the Council did not adopt the resolution")
    RETURNED = "returned", _("returned: the requirements are not met")
    WITHDRAWN = "withdrawn", pgettext_lazy("initiative", "withdrawn")


ENDED = (InitiativeState.ADOPTED, InitiativeState.REJECTED, InitiativeState.RETURNED, InitiativeState.WITHDRAWN)


class Initiative(models.Model):
    """One initiative. Title, draft and justification are public; the committee is not, and is forgotten after its time."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Issued with the empty form: two identical submits are one initiative."""
    number = models.CharField(_("number"), max_length=40, unique=True)
    """"IU/2026/0003"; the receipt, too."""
    state = models.CharField(_("state"), max_length=12, choices=InitiativeState, default=InitiativeState.COLLECTING)
    title = models.CharField(_("title of the draft resolution"), max_length=300)
    draft = models.TextField(_("text of the draft resolution"), max_length=60_000)
    justification = models.TextField(_("justification of the draft"), max_length=20_000)
    contact = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    needed = models.PositiveIntegerField(_("signatures needed"))
    """As the rules said when the committee gave its notice."""
    registered_at = models.DateTimeField(_("day of registration"))
    filed_at = models.DateTimeField(_("valid draft filed"), null=True, blank=True)
    """From here the three months run; a completion moves it."""
    session_on = models.DateField(_("session of the City Council"), null=True, blank=True)
    resolution = models.CharField(_("number of the Council's resolution"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("citizens' resolution initiative")
        verbose_name_plural = _("citizens' resolution initiatives")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["collecting", "withdrawn"]) | Q(filed_at__isnull=False),
                name="an_initiative_on_its_way_was_filed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agenda", "adopted", "rejected"]) | Q(session_on__isnull=False),
                name="an_initiative_before_the_council_has_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number

    @property
    def key(self) -> str:
        """Subject of its clock, its signatures and messages about it."""
        return f"initiatives.initiative:{self.pk}"

    @property
    def slug(self) -> str:
        """Its number in an address: "2026-0003"."""
        return self.number.partition("/")[2].replace("/", "-")


class CommitteeMember(models.Model):
    """One member of the committee, as the statement says; nobody but the Office sees them."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="members", verbose_name=_("initiative"))
    name = models.CharField(_("name and surname"), max_length=200)
    home = models.CharField(_("address of residence"), max_length=300)

    class Meta:
        verbose_name = _("member of a committee")
        verbose_name_plural = _("members of committees")
        ordering = ["initiative_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "name", "home"], name="a_committee_names_a_person_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return str(self)


class InitiativeStep(models.Model):
    """One thing that happened to an initiative; never changed. `words` are public."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="steps", verbose_name=_("initiative"))
    state = models.CharField(_("state after it"), max_length=12, choices=InitiativeState)
    happened_at = models.DateTimeField(_("when"))
    words = models.TextField(_("words for everybody"), max_length=8000, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who did it")
    )

    class Meta:
        verbose_name = _("step of an initiative")
        verbose_name_plural = _("steps of initiatives")
        ordering = ["initiative_id", "pk"]

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.state}"
