"""What is voted on: an edition, its pools of money with the terms they are made of, and the projects on the ballot."""

from __future__ import annotations

import re

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.roman import to_roman
from ratusz.foundation.territory.models import District
from ratusz.ui import chrome

SHORT_CODE = re.compile(r"[^\W_]{1,4}")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Filters on editions."""

    def published(self) -> EditionQuerySet:
        return self.filter(state=Edition.State.PUBLISHED)

    def of_this_city(self) -> EditionQuerySet:
        """Without editions of other cities, which are here to be compared with."""
        return self.filter(city=chrome.city())

    def going_on(self) -> EditionQuerySet:
        """Opened, without published results yet."""
        return self.filter(opened_at__isnull=False).exclude(state=Edition.State.PUBLISHED)

    def newest_first(self) -> EditionQuerySet:
        return self.order_by("-year", "-number")

    def with_sums(self) -> EditionQuerySet:
        """With `money` and `spent` (grosze), `funded` and `on_ballot` (projects) over the published results of the pools.

        Sums drop the model's own order: say `newest_first`.
        """
        return self.annotate(
            money=Sum("pools__result__budget_grosze"), spent=Sum("pools__result__spent_grosze"),
            funded=Sum("pools__result__funded_count"), on_ballot=Sum("pools__result__projects_count"),
        )  # fmt: skip


class Edition(models.Model):
    """One year's participatory budget. Binds a version of the rules and the dates; amounts stand in its pools."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        COUNTED = "counted", _("counted")
        PUBLISHED = "published", _("published")

    WITH_A_VOTE = "budzet_obywatelski"
    """The kind with a ballot; other kinds are packs of this module (kinds.py)."""

    city = models.CharField(_("city"), max_length=80)
    kind = models.CharField(_("kind"), max_length=40, default=WITH_A_VOTE)
    number = models.PositiveSmallIntegerField(_("number of the edition"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the vote"))
    slug = models.SlugField(_("address on the website"), unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    rules_preset = models.CharField(_("preset of the rules"), max_length=60, blank=True)
    rules_hash = models.CharField(_("SHA-256 of the rules"), max_length=64, blank=True)
    draft_rules = models.JSONField(_("settings changed in the draft"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    ballot_hash = models.CharField(_("SHA-256 of the ballot"), max_length=64, blank=True)
    ballot_seed = models.CharField(_("published seed of the order on the ballot"), max_length=64, blank=True)
    ballot_frozen_at = models.DateTimeField(_("ballot frozen"), null=True, blank=True)
    voting_starts = models.DateField(_("first day of voting"), null=True, blank=True)
    voting_ends = models.DateField(_("last day of voting"), null=True, blank=True)
    voters = models.PositiveIntegerField(_("people who voted"), null=True, blank=True)
    submitted = models.PositiveIntegerField(_("projects submitted"), null=True, blank=True)
    lot_seed = models.CharField(_("published seed of lots"), max_length=100, blank=True)
    ballots_are_made_up = models.BooleanField(_("the ballots are made up for the demo"), default=False)
    demonstrates = models.CharField(_("what the edition of a demo shows"), max_length=60, blank=True)
    """Empty for an edition of a city's own; a demo city's edition says wherever it is named that it is only an example."""
    published_at = models.DateTimeField(_("results published"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year", "-number", "city"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "year", "number", "kind"], name="one_edition_per_city_year_number_and_kind", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1, number__lte=3999), name="edition_number_has_a_roman_numeral"
            ),
            models.CheckConstraint(
                condition=Q(voting_starts__isnull=True) | Q(voting_ends__isnull=True) | Q(voting_ends__gte=F("voting_starts")),
                name="voting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="a_published_edition_has_its_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_at__isnull=False) & ~Q(rules_hash=""), name="an_open_edition_has_its_rules"
            ),
            models.CheckConstraint(
                condition=Q(ballot_frozen_at__isnull=True) | Q(opened_at__isnull=False) & ~Q(ballot_hash=""),
                name="a_frozen_ballot_has_its_sha256",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.roman} ({self.year})" if self.number else f"{self.city} {self.year}"
        return f"{name}, {self.demonstrates}" if self.demonstrates else name

    def get_absolute_url(self) -> str:
        return reverse("budget:edition", args=[self.slug])

    @property
    def is_of_this_city(self) -> bool:
        return self.city == chrome.city()

    @property
    def roman(self) -> str:
        """The number as everybody writes it: X; empty where the city does not count its editions."""
        return to_roman(self.number) if self.number else ""


class Pool(models.Model):
    """One pot of money in an edition, counted by itself: the whole city, a district or a part of one. Money in grosze."""

    class Place(models.TextChoices):
        CITY = "city", _("whole city")
        DISTRICT = "district", _("district")
        LOCAL = "local", _("part of a district")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="pools", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=60)
    slug = models.SlugField(_("address on the website"), max_length=140)
    name = models.CharField(_("name"), max_length=140)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    place = models.CharField(_("where it lies"), max_length=10, choices=Place.choices, default=Place.DISTRICT)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    budget_grosze = models.BigIntegerField(_("money in the pool, grosze"))
    threshold = models.PositiveIntegerField(_("threshold"), null=True, blank=True)
    most_points = models.PositiveSmallIntegerField(_("points one voter has"), null=True, blank=True)
    rules = models.JSONField(_("rules of the count"), default=dict)
    registered = models.PositiveIntegerField(_("registered people"), null=True, blank=True)
    registered_day = models.DateField(_("day of that count"), null=True, blank=True)
    ballots_are_complete = models.BooleanField(_("all ballots are here"), default=False)
    meta = models.JSONField(_("lines of the META section"), default=list, blank=True)
    result = models.OneToOneField(
        "ratusz_budget.PoolResult", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published result")
    )

    class Meta:
        verbose_name = _("pool")
        verbose_name_plural = _("pools")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_pool_per_edition_and_code"),
            models.UniqueConstraint(fields=["edition", "slug"], name="one_pool_per_edition_and_address"),
            models.CheckConstraint(condition=Q(budget_grosze__gte=0), name="pool_money_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.short_code} {self.name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("budget:pool", args=[self.edition.slug, self.slug])

    @property
    def short_code(self) -> str:
        """M or L12, which people know; empty where the code is the pool's name as its file has it."""
        return self.code if SHORT_CODE.fullmatch(self.code) else ""

    @property
    def is_city_wide(self) -> bool:
        return self.place == Pool.Place.CITY


class PoolTerm(models.Model):
    """One term of the sum a pool's money is made of; a correction carries its reason. Money in grosze."""

    class Kind(models.TextChoices):
        EQUAL_PART = "equal_part", _("equal part")
        POPULATION_PART = "population_part", _("part for the number of residents")
        BASE = "base", _("base of the pool")
        CARRIED = "carried", _("left over from the previous edition")
        BONUS = "bonus", _("reward for turnout")
        CORRECTION = "correction", _("rounding and correction")

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="terms", verbose_name=_("pool"))
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    grosze = models.BigIntegerField(_("amount, grosze"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("term of a pool")
        verbose_name_plural = _("terms of a pool")
        ordering = ["pool", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "position"], name="one_pool_term_per_position"),
            models.CheckConstraint(condition=~Q(kind="correction") | ~Q(reason=""), name="a_correction_of_a_pool_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.grosze}"


class ProjectQuerySet(models.QuerySet["Project"]):
    """Filters on projects."""

    def on_ballot(self, edition: Edition) -> ProjectQuerySet:
        """The projects of a frozen ballot, pool by pool, in the order in which people see them."""
        return self.filter(edition=edition, ballot_position__isnull=False).order_by("pool__position", "ballot_position")


class Project(models.Model):
    """A project on the ballot; `position` is its place in the pool's file.

    Its number is given at intake and never used again. Katowice's numbers name their pool and edition; some cities count from 1 in
    each pool, so a number is unique within the pool.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="projects", verbose_name=_("pool"))
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="projects", verbose_name=_("edition"))
    number = models.CharField(_("number"), max_length=60, validators=[RegexValidator(r"^[^\s;,]+\Z")])
    slug = models.SlugField(_("address on the website"), max_length=70)
    position = models.PositiveSmallIntegerField(_("position"))
    ballot_position = models.PositiveSmallIntegerField(_("place on the frozen ballot"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=600)
    sort_key = models.TextField(editable=False, db_collation="C")
    search_key = models.TextField(editable=False, default="")
    cost_grosze = models.BigIntegerField(_("cost, grosze"))
    category = models.CharField(_("category"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    columns = models.JSONField(_("further columns of the file"), default=dict, blank=True)
    card_url = models.CharField(_("address of the project's card"), max_length=300, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["pool", "position"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="one_project_per_pool_and_number"),
            models.UniqueConstraint(fields=["edition", "slug"], name="one_project_per_edition_and_address"),
            models.UniqueConstraint(fields=["pool", "position"], name="one_project_per_pool_and_position"),
            models.UniqueConstraint(fields=["pool", "ballot_position"], name="one_project_per_place_on_the_ballot"),
            models.CheckConstraint(condition=Q(cost_grosze__gte=0), name="project_cost_is_not_below_zero"),
            models.CheckConstraint(condition=Q(number__regex=r"^[^[:space:];,]+$"), name="project_number_is_one_word"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="project_point_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("budget:project", args=[self.edition.slug, self.slug])
