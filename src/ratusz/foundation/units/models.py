"""Units of the Office and the city's entities as a tree, and who is appointed to which role where."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import polish_date


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters on units."""

    def working(self) -> UnitQuerySet:
        return self.filter(closed_date=None)

    def the_department(self) -> Unit | None:
        """The working unit that runs the city's communication; None in a city that has not said which."""
        return self.working().filter(is_department=True).order_by("pk").first()

    def of_department(self) -> UnitQuerySet:
        """The unit that runs the city's communication, and those below it."""
        return self.filter(Q(is_department=True) | _of_department("parent"))


class Unit(models.Model):
    """A unit of the Office (komórka) or an entity of the city (jednostka organizacyjna, a company)."""

    class Kind(models.TextChoices):
        """What the unit is in law; the people of entities and companies have no account."""

        OFFICE = "office", _("the Office")
        OFFICE_UNIT = "office_unit", _("unit of the Office")
        ENTITY = "entity", _("entity of the city")
        COMPANY = "company", _("company of the city")

    name = models.CharField(_("name of the unit"), max_length=200)
    short_name = models.CharField(_("symbol"), max_length=30, unique=True, help_text=_("As in case numbers, for example KS."))
    kind = models.CharField(_("kind of unit"), max_length=20, choices=Kind, default=Kind.OFFICE_UNIT)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("postal address"), max_length=200, blank=True)
    is_department = models.BooleanField(
        _("runs the city's communication"),
        default=False,
        help_text=_("Roles of the department (editors, spokespeople, heads and so on) count here and in the units below."),
    )
    closed_date = models.DateField(_("closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, blank=True, db_collation="C")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["sort_key", "name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name

    def ancestors(self) -> list[Unit]:
        """The unit itself, what it is part of, and so on up to the Office."""
        chain, seen = [self], {self.pk}
        while (parent := chain[-1].parent) and parent.pk not in seen:
            chain.append(parent)
            seen.add(parent.pk)
        return chain


LEVELS_OF_THE_DEPARTMENT = 4
"""How far below the department a unit of it may stand: the Office's regulations know departments, sections and posts."""


def _of_department(unit: str) -> Q:
    """The unit named by this path is the department or one of those below it; one query, no walk up the tree."""
    paths = [unit + "__parent" * level for level in range(LEVELS_OF_THE_DEPARTMENT)]
    return reduce(or_, (Q(**{f"{path}__is_department": True}) for path in paths))


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Filters on appointments."""

    def in_force(self, at: datetime) -> AppointmentQuerySet:
        """In [starts, ends); a stand-in acts only while the appointment they stand in for is in force."""
        own = Q(starts__lte=at) & (Q(ends=None) | Q(ends__gt=at))
        replaced = Q(standing_in_for__starts__lte=at) & (Q(standing_in_for__ends=None) | Q(standing_in_for__ends__gt=at))
        return self.filter(own & (Q(standing_in_for=None) | replaced), person__is_active=True)

    def in_department(self) -> AppointmentQuerySet:
        """In the unit that runs the city's communication, or below it."""
        return self.filter(_of_department("unit"))

    def where_held(self) -> models.QuerySet[Appointment, tuple[int, str, int, bool]]:
        """The person's number, the role's code, the unit's number and "in the department?" of each."""
        places = self.annotate(is_in_department=Case(When(_of_department("unit"), then=True), default=False))
        return places.values_list("person_id", "role__code", "unit_id", "is_in_department")


class Appointment(models.Model):
    """A person in a role in a unit, from a moment to a moment."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    role = models.ForeignKey("ratusz_people.Role", on_delete=models.PROTECT, related_name="appointments", verbose_name=_("role"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("unit"))
    starts = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"), null=True, blank=True)
    standing_in_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="stand_ins", verbose_name=_("stands in for")
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["unit__sort_key", "role__sort_key", "starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("The last day comes before the first day. Correct one of them."),
            ),
            models.CheckConstraint(condition=~Q(standing_in_for=F("id")), name="appointment_does_not_stand_in_for_itself"),
            models.UniqueConstraint(fields=["person", "role", "unit", "starts"], name="appointment_is_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.role} – {self.unit}"

    @property
    def first_day(self) -> str:
        """ "1 stycznia 2026 r.": appointments are made by days."""
        return polish_date(self.starts)

    @property
    def last_day(self) -> str:
        """The day before the moment on which it ends; "" while it has no end."""
        return polish_date(self.ends - timedelta(microseconds=1)) if self.ends else ""

    @property
    def label_in_record(self) -> str:
        return f"{self.role} – {self.unit}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters on invitations."""

    def long_expired(self, at: datetime) -> InvitationQuerySet:
        """Past the two years for which the record of their uses is kept too."""
        return self.filter(expires_at__lt=at - timedelta(days=730))


class Invitation(models.Model):
    """A signed link by which somebody of a city's entity, without an account, does one kind of thing to one object for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose of the link"), max_length=60, help_text=_("What it is good for, as module.verb_noun."))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("unit"))
    recipient = models.EmailField(_("sent to"), blank=True)
    label = models.CharField(_("person as written by whoever invites"), max_length=200, blank=True)
    subject_type = models.CharField(_("kind of object"), max_length=100)
    subject_id = models.CharField(_("number of the object"), max_length=64)
    expires_at = models.DateTimeField(_("good until"))
    most_uses = models.PositiveIntegerField(_("how many uses"), null=True, blank=True, help_text=_("Empty: as many as needed."))
    uses = models.PositiveIntegerField(_("uses so far"), default=0)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation by link")
        verbose_name_plural = _("invitations by link")
        ordering = ["-expires_at"]
        constraints = [
            models.CheckConstraint(condition=Q(most_uses=None) | Q(uses__lte=F("most_uses")), name="invitation_is_not_overused")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} – {self.unit}"


class AccountInvitationQuerySet(models.QuerySet["AccountInvitation"]):
    """Filters on invitations to an account."""

    def open(self) -> AccountInvitationQuerySet:
        """Neither accepted nor withdrawn; the time of some may be over, and then they can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def long_settled(self, at: datetime) -> AccountInvitationQuerySet:
        """Whose link has been dead for three months."""
        return self.filter(expires_at__lt=at - timedelta(days=90))


class AccountInvitation(models.Model):
    """An invitation to an account of one's own: the person sets up sign-in by the link and is appointed in the same moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    role = models.ForeignKey("ratusz_people.Role", on_delete=models.PROTECT, related_name="+", verbose_name=_("role"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="account_invitations", verbose_name=_("unit"))
    starts = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    sendings = models.PositiveSmallIntegerField(_("how many times sent"), default=0)
    """Part of the link: a link sent anew voids the one before."""
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an account")
        verbose_name_plural = _("invitations to an account")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=Q(accepted_at=None, withdrawn_at=None), name="one_open_invitation_per_address"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="invited_appointment_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="account_invitation_is_accepted_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name} – {self.role} – {self.unit}"

    @property
    def label_in_record(self) -> str:
        return f"{self.role} – {self.unit}"
