"""People who are in no register and say that they live in the city: what they declare and what an officer decides, with reasons."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.roll import SMALL
from ratusz.participation.voting.models.votes import Vote


class Declaration(models.Model):
    """ "I live here": one open or granted declaration per person and vote. Name, address and contact go when their time is over."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an officer")
        GRANTED = "granted", _("let in to the vote")
        REFUSED = "refused", _("refused")

    class Way(models.TextChoices):
        WEB = "web", _("on the website")
        POINT = "point", _("at an assisted point")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="declarations", verbose_name=_("vote"))
    name = models.CharField(_("first name and surname"), max_length=120, blank=True)
    street = models.CharField(_("street, house and flat"), max_length=160, blank=True)
    contact = models.CharField(_("telephone number or e-mail"), max_length=200, blank=True)
    grounds = models.TextField(_("what ties the person to the city"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=2, default="pl")
    district = models.CharField(_("code of the district's pool"), max_length=60)
    voter_key = models.BinaryField(_("keyed digest of the voter"), max_length=SMALL)
    has_pesel = models.BooleanField(_("gave a PESEL"))
    age_band = models.CharField(_("age band"), max_length=5)
    needs_guardian = models.BooleanField(_("votes with a guardian"))
    way = models.CharField(_("way"), max_length=5, choices=Way.choices, default=Way.WEB)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    reasons = models.TextField(_("reasons of the decision"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("declaration of residence")
        verbose_name_plural = _("declarations of residence")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "voter_key"], condition=~Q(state="refused"), name="one_declaration_per_person_and_vote"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["granted", "refused"], decided_by__isnull=False, decided_at__isnull=False) & ~Q(reasons=""),
                name="a_decided_declaration_has_its_reasons",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"

    @property
    def label_in_record(self) -> str:
        """What the record says instead of the name."""
        return f"declaration {self.pk}"
