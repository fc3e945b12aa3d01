"""Panels of the page editor that Wagtail has not got."""

from __future__ import annotations

from wagtail.admin.panels import InlinePanel, PublishingPanel


class RowsPanel(InlinePanel):
    """Rows of a page's facts. `add_label` is the whole text of the button: no Polish noun keeps its form after "Add"."""

    def __init__(self, *args, add_label: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.add_label = add_label

    def clone_kwargs(self) -> dict:
        return super().clone_kwargs() | {"add_label": self.add_label}


class MomentPanel(PublishingPanel):
    """When a page goes out. Not when it goes down: that has a reason, which the ledger asks for."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.children = [child for child in self.children if getattr(child, "field_name", "") != "expire_at"]
