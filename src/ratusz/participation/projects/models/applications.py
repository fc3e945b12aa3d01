"""An application: what is to be built where and for how much, its kept versions, its files and the course it took."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition, Pool


class State(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted, waits for the formal check")
    COMPLETING = "completing", _("the author completes it")
    FORMAL_YES = "formal_yes", _("passed the formal check")
    FORMAL_NO = "formal_no", _("refused in the formal check")
    REPLYING = "replying", _("the author replies before a refusal")
    POSITIVE = "positive", _("assessed positively")
    NEGATIVE = "negative", _("assessed negatively")
    MERGED = "merged", _("merged with another project")
    WITHDRAWN = "withdrawn", _("withdrawn by the author")
    ON_BALLOT = "on_ballot", _("on the ballot")


class Through(models.TextChoices):
    """How it reached the Office."""

    FORM = "form", _("form on the website")
    DESK = "desk", _("in person")
    PROXY = "proxy", _("through a proxy")
    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail with scans")
    EPUAP = "epuap", _("ePUAP or e-Doręczenia")


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters on applications."""

    def submitted(self) -> ApplicationQuerySet:
        """With a number; drafts are their authors' alone."""
        return self.exclude(number="")

    def drafts(self) -> ApplicationQuerySet:
        return self.filter(state=State.DRAFT)

    def by_number(self) -> ApplicationQuerySet:
        return self.order_by("pool__position", "order")


class Application(models.Model):
    """One application, from an idea kept by a link to its end. `number` is given at intake, and its people stand in Party."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="applications", verbose_name=_("edition"))
    pool = models.ForeignKey(
        Pool, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("whole city or district")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    number = models.CharField(_("number"), max_length=20, blank=True)
    slug = models.SlugField(_("address on the website"), max_length=24, blank=True)
    order = models.PositiveIntegerField(_("order within its pool"), null=True, blank=True)
    link_digest = models.CharField(max_length=64, unique=True, editable=False)
    """SHA-256 of the author's link; the link itself is nowhere."""
    version = models.PositiveIntegerField(_("version"), default=0)
    through = models.CharField(_("received through"), max_length=8, choices=Through, default=Through.FORM)
    made_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.CharField(_("in short"), max_length=500, blank=True)
    description = models.TextField(_("description"), max_length=8000, blank=True)
    justification = models.TextField(_("why it is needed"), max_length=4000, blank=True)
    beneficiaries = models.TextField(_("who will use it"), max_length=2000, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    other_place = models.CharField(_("another place, should the first fail"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    land = models.CharField(_("whose land it is"), max_length=40, blank=True)
    accessibility = models.TextField(_("accessibility"), max_length=2000, blank=True)
    years = models.PositiveSmallIntegerField(_("years it takes"), default=1)
    cost_grosze = models.BigIntegerField(_("cost by the author, grosze"), default=0)
    running_grosze = models.BigIntegerField(_("running cost a year by the author, grosze"), default=0)
    checked_grosze = models.BigIntegerField(_("cost by the assessing unit, grosze"), null=True, blank=True)
    checked_running_grosze = models.BigIntegerField(_("running cost a year by the assessing unit, grosze"), null=True, blank=True)
    lemmas = models.JSONField(default=list, blank=True, editable=False)
    """Base forms of the words of its title, by which similar projects are found."""

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application of a project")
        verbose_name_plural = _("applications of projects")
        ordering = ["edition_id", "pool_id", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], condition=~Q(number=""), name="one_application_per_edition_and_number"
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], condition=~Q(slug=""), name="one_application_per_edition_and_address"
            ),
            models.UniqueConstraint(fields=["edition", "pool", "order"], name="one_application_per_pool_and_order"),
            models.CheckConstraint(
                condition=Q(state="draft", number="", submitted_at=None, order=None)
                | ~Q(state="draft") & ~Q(number="") & ~Q(slug="") & Q(submitted_at__isnull=False, order__gte=1, pool__isnull=False),
                name="a_submitted_application_has_its_number",
            ),
            models.CheckConstraint(condition=Q(years__in=(1, 2)), name="a_project_takes_one_or_two_years"),
            models.CheckConstraint(
                condition=Q(cost_grosze__gte=0, running_grosze__gte=0), name="application_cost_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="application_point_is_on_earth",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip() or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("projects:card", args=[self.edition.slug, self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number or f"szkic {self.pk}"

    @property
    def contest(self) -> Pool:
        """The pool; whatever is submitted has one."""
        return cast(Pool, self.pool)

    @property
    def arrived(self) -> datetime:
        """When it was submitted; whatever is submitted has such a moment."""
        return cast(datetime, self.submitted_at)

    @property
    def key(self) -> str:
        """Subject of its clocks, messages and number."""
        return f"projects.application:{self.pk}"


class CostLine(models.Model):
    """One line of the author's estimate; what it comes to is reckoned by the database."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="cost_lines", verbose_name=_("application of a project")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("what"), max_length=200)
    unit = models.CharField(_("unit of measure"), max_length=20, blank=True)
    quantity = models.DecimalField(_("how many"), max_digits=10, decimal_places=2)
    price_grosze = models.BigIntegerField(_("price of one, grosze"))
    grosze = models.GeneratedField(
        expression=Cast(Round(F("quantity") * F("price_grosze")), models.BigIntegerField()),
        output_field=models.BigIntegerField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        verbose_name = _("line of costs")
        verbose_name_plural = _("lines of costs")
        ordering = ["application_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="one_cost_line_per_position"),
            models.CheckConstraint(condition=Q(quantity__gt=0, price_grosze__gte=0), name="cost_line_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.grosze}"


class Version(models.Model):
    """What an application said at a moment: each saving is kept. Nobody's name or address is in it."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="versions", verbose_name=_("application of a project")
    )
    number = models.PositiveIntegerField(_("version"))
    made_at = models.DateTimeField(_("saved"))
    content = models.JSONField(_("what it said"))
    by = models.CharField(_("by whom"), max_length=10, choices=[("author", _("the author")), ("office", _("the Office"))])

    class Meta:
        verbose_name = _("version of an application")
        verbose_name_plural = _("versions of applications")
        ordering = ["application_id", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_version_per_number")]

    def __str__(self) -> str:
        return f"{self.application_id} / {self.number}"


class Attachment(models.Model):
    """A file of an application: its author and the Office alone see it."""

    class What(models.TextChoices):
        """What the file is."""

        LAND = "land", _("statement of whoever holds the land")
        MAP = "map", _("map or drawing")
        PHOTO = "photo", _("photograph")
        PROXY = "proxy", _("power of attorney")
        OTHER = "other", _("another document")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="attachments", verbose_name=_("application of a project")
    )
    file = models.OneToOneField("ratusz_files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    what = models.CharField(_("what it is"), max_length=8, choices=What)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        ordering = ["application_id", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.what}"


class Course(models.Model):
    """One step an application took, with its reason: the history on its public card."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="course", verbose_name=_("application of a project"))
    state = models.CharField(_("state"), max_length=12, choices=State)
    happened_at = models.DateTimeField(_("when"))
    reason = models.TextField(_("reason"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("step of an application")
        verbose_name_plural = _("steps of applications")
        ordering = ["application_id", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"
