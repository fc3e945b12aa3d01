"""Wagtail's widgets without inline scripts: each says in data what to start, and static/website/admin_start.js starts it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser

from ratusz.foundation.kit.dates import day_in_words


def start_element(what: str, *arguments: Any) -> SafeString:
    """An inert element naming what admin_start.js has to start and with which arguments (JSON)."""
    return format_html('<template data-ratusz-start="{}" data-ratusz-with="{}"></template>', what, json.dumps(arguments))


def _render_chooser(self: BaseChooser, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
    if not attrs or "id" not in attrs:
        raise TypeError("A chooser cannot be rendered without an id.")
    value_data = self.get_value_data(value)
    options = self.get_js_init_options(attrs["id"], name, value_data)
    what = "createTaskChooser" if isinstance(self, AdminTaskChooser) else self.js_constructor
    return format_html("{}{}", self.render_html(name, value_data, attrs), start_element(what, attrs["id"], options))


def take_scripts_out_of_choosers() -> None:
    """Replaces the one render() of Wagtail that writes a script in Python, where no template override reaches."""
    BaseChooser.render = _render_chooser


def _read_date(self: AdminDateInput, data: Any, files: Any, name: str) -> Any:
    given = forms.DateInput.value_from_datadict(self, data, files, name)
    day = day_in_words(given) if isinstance(given, str) else None
    return self.format_value(day) if day is not None else given


def read_dates_in_words() -> None:
    """Every field of a day in the admin says by an example how a day is typed, and reads "5 grudnia 2026" too."""
    made = AdminDateInput.__init__

    def with_example(self: AdminDateInput, attrs: dict | None = None, format: str | None = None) -> None:
        made(self, {"placeholder": "5.12.2026"} | (attrs or {}), format)

    AdminDateInput.__init__ = with_example
    AdminDateInput.value_from_datadict = _read_date
