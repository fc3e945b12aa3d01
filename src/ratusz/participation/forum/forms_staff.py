"""What staff type: topics, categories, threads, official answers, filters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.models import Unit
from ratusz.participation.forum import rules
from ratusz.participation.forum.models import Category, Thread, Topic


class CategoryForm(forms.ModelForm):
    """A category."""

    class Meta:
        model = Category
        fields = ("name", "slug", "about", "house_rules", "position")
        widgets = {"house_rules": forms.Textarea(attrs={"rows": 4})}


class TopicForm(forms.ModelForm):
    """A topic with its scope, days, unit and moderation."""

    class Meta:
        model = Topic
        fields = (
            "category", "title", "slug", "about", "consultation", "districts", "unit", "opens_at", "closes_at", "moderation",
            "residents_start_threads", "takes_opinions", "house_rules",
        )  # fmt: skip
        moments = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        widgets = {
            "opens_at": moments, "closes_at": moments, "districts": forms.CheckboxSelectMultiple,
            "about": forms.Textarea(attrs={"rows": 5}), "house_rules": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip

    def __init__(self, *args: Any, **named: Any):
        super().__init__(*args, **named)
        fields: Any = self.fields
        fields["category"].queryset = Category.objects.filter(is_archive=False)
        fields["unit"].queryset = Unit.objects.filter(closed_date=None)
        fields["slug"].help_text = _("Small letters, digits and hyphens.")


class OfficeThreadForm(forms.Form):
    """A thread in the name of the topic's unit."""

    title = forms.CharField(label=_("Title of the thread"), max_length=200)
    words = forms.CharField(label=_("First comment"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class AnswerForm(forms.Form):
    """The official answer."""

    words = forms.CharField(
        label=_("Answer of the unit"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody reads it under the name of the unit. Say what happens next and when."),
    )  # fmt: skip


class LockForm(forms.Form):
    """Why a thread is locked."""

    reason = forms.CharField(label=_("Why: everybody reads it"), max_length=300)


class MoveForm(forms.Form):
    """Where a thread goes."""

    topic = forms.ModelChoiceField(label=_("Topic it is moved to"), queryset=Topic.objects.none())

    def __init__(self, *args: Any, thread: Thread, **named: Any):
        super().__init__(*args, **named)
        field: Any = self.fields["topic"]
        field.queryset = Topic.objects.filter(is_archive=False).exclude(pk=thread.topic_id)


class MergeForm(forms.Form):
    """The thread that takes the comments."""

    into = forms.ModelChoiceField(
        label=_("Number of the thread that takes the comments"), queryset=Thread.objects.filter(merged_into=None),
        widget=forms.NumberInput, help_text=_("It stands in its address: /pks/watek/12/ is number 12."),
    )  # fmt: skip


class TopicFilter(forms.Form):
    """The list of topics narrowed and sorted."""

    szukaj = forms.CharField(label=_("Words of the title"), required=False, max_length=80)
    kategoria = forms.ModelChoiceField(label=_("Category"), required=False, queryset=Category.objects.all(), empty_label=_("all"))
    stan = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("all")), ("otwarte", _("open")), ("zamkniete", _("closed")), ("plan", _("not open yet")),
            ("archiwum", _("archive")),
        ],
    )  # fmt: skip
    kolejnosc = forms.ChoiceField(
        label=_("Order"), required=False,
        choices=[("", _("newest first")), ("koniec", _("those that close first")), ("tytul", _("by title"))],
    )  # fmt: skip

    def narrowed(self, topics: QuerySet[Topic], at: datetime) -> QuerySet[Topic]:
        """The topics asked for; a wrong filter shows all of them."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if words := chosen.get("szukaj"):
            topics = topics.filter(title__icontains=words)
        if category := chosen.get("kategoria"):
            topics = topics.filter(category=category)
        closed = Q(is_archive=False) & (Q(closed_at__isnull=False) | Q(closes_at__lte=at))
        states = {
            "otwarte": Q(is_archive=False, opens_at__lte=at, closed_at=None) & (Q(closes_at=None) | Q(closes_at__gt=at)),
            "zamkniete": closed, "plan": Q(opens_at__gt=at), "archiwum": Q(is_archive=True),
        }  # fmt: skip
        topics = topics.filter(states.get(chosen.get("stan", ""), Q()))
        orders = {"koniec": ("closes_at", "pk"), "tytul": ("title", "pk")}
        return topics.order_by(*orders.get(chosen.get("kolejnosc", ""), ("-opens_at", "-pk")))


class OwedFilter(forms.Form):
    """Answers owed by one unit."""

    komorka = forms.ModelChoiceField(
        label=_("Unit"), required=False, queryset=Unit.objects.filter(topics__isnull=False).distinct(), empty_label=_("all")
    )


class ImportForm(forms.Form):
    """An export; `seen` is the hash of the file whose preview was looked at."""

    file = forms.FileField(label=_("Export of the old forum"), widget=forms.FileInput(attrs={"accept": ".json,.csv,.zip"}))
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
