"""What staff type into the emergency banner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.links import is_safe_url
from ratusz.publishing.following.banner_rules import hours_on_offer
from ratusz.publishing.following.models import Banner


class BannerForm(forms.Form):
    """One sentence, how long, and for a head alone: why without a second person."""

    text = forms.CharField(
        label=_("What happens and what people should do"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At most 200 characters. Begin with the place: “Ligota: do not drink tap water until further notice.”"),
    )
    text_in_english = forms.CharField(
        label=_("The same in English"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Left empty, English pages show the Polish sentence."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of a page that says more"), max_length=500, required=False,
        help_text=_("A page of this portal, for example /aktualnosci/, or an address that starts with https://."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("How grave"), choices=Banner.Level.choices, widget=forms.RadioSelect, initial="warning")
    hours = forms.TypedChoiceField(label=_("How long it is to show"), coerce=int, help_text=_("Then it goes by itself."))
    alone_because = forms.CharField(
        label=_("Why without a second person"), max_length=300, required=False,
        help_text=_(
            "Only when nobody else can look now. The reason goes into the record. In the election silence only for a warning that "
            "saves life or health: it then stands among the decisions of the silence, for others to review."
        ),
    )  # fmt: skip

    def __init__(self, *args, at: datetime, may_alone: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.at = at
        hours = [(each, ngettext("%(count)d hour", "%(count)d hours", each) % {"count": each}) for each in hours_on_offer(at)]
        self.fields["hours"].choices = [("", _("Choose")), *hours]
        if not may_alone:
            del self.fields["alone_because"]

    def clean_url(self) -> str:
        url = self.cleaned_data["url"].strip()
        if url and not is_safe_url(url, frozenset({"http", "https"})):
            raise forms.ValidationError(self.fields["url"].help_text)
        return url

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "hours"}
        return facts | {"expires_at": self.at + timedelta(hours=self.cleaned_data["hours"])}
