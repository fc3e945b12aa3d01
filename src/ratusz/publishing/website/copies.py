"""What Wagtail's form for a copy of a page offers here: a draft, and nothing else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm


class DraftsOnly(CopyForm):
    """A copy is a draft: it is published as every page is. No aliases: they would be published unasked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
        self.fields["new_title"].help_text = _("The copy is a draft. Publish it when it has everything.")
