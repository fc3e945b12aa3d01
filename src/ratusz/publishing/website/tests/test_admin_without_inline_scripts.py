"""The admin's policy allows no inline script; a new one in an upgrade of Wagtail fails here, not in an editor's hands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import wagtail
from django import forms
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from ratusz.publishing.website.content_security import admin_policy

PACKAGE = Path(wagtail.__file__).parent
NOT_INSTALLED = (
    "contrib/search_promotions",
    "contrib/styleguide",
    "test/",
    "project_template",
    "contrib/table_block",
    "documents/",
)
REPLACED = {
    "admin/templates/wagtailadmin/panels/inline_panel.html",
    "admin/templates/wagtailadmin/panels/multiple_chooser_panel.html",
    "admin/templates/wagtailadmin/widgets/date_input.html",
    "admin/templates/wagtailadmin/widgets/datetime_input.html",
    "admin/templates/wagtailadmin/widgets/time_input.html",
}
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"(?:text/x-|application/json|text/template))[^>]*>", re.I)
_ON_EVENT = re.compile(r"\son(?:click|load|change|submit|error|input|focus|blur|key\w+|mouse\w+)\s*=", re.I)


def _templates():
    for path in PACKAGE.rglob("templates/**/*.html"):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(NOT_INSTALLED) and "/tests/" not in name:
            yield name, path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_inline_scripts_of_wagtail_are_those_we_replaced():
    assert {name for name, text in _templates() if _SCRIPT.search(text)} == REPLACED
    ours = Path(__file__).parents[1] / "templates"
    for name in REPLACED:
        assert not _SCRIPT.search((ours / name.split("templates/", 1)[1]).read_text(encoding="utf-8")), name


def test_no_template_of_wagtail_handles_events_in_attributes():
    assert {name for name, text in _templates() if _ON_EVENT.search(text)} == set()


@pytest.mark.slow
def test_python_of_wagtail_writes_a_script_only_where_we_wrapped_it():
    written = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "<script" in path.read_text(encoding="utf-8")
        and not re.search(r"/tests?/|^test/|test_", path.relative_to(PACKAGE).as_posix())
    }
    assert written == {"admin/widgets/chooser.py", "admin/rich_text/converters/db_html.py"}


def test_widgets_that_start_themselves_in_another_way_are_known():
    """_render_chooser builds on get_js_init_options; whoever overrides render_js_init needs a look."""
    overriding = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "def render_js_init" in path.read_text(encoding="utf-8") and "/tests" not in path.as_posix()
    }
    assert overriding == {"admin/widgets/chooser.py", "admin/widgets/workflows.py"}


@pytest.mark.django_db
@pytest.mark.parametrize("widget", [AdminDateInput(), AdminPageChooser()], ids=["date", "chooser"])
def test_widgets_carry_data_instead_of_scripts(widget):
    drawn = widget.render("x", None, {"id": "id_x"})
    assert "<script" not in drawn and "data-ratusz-start=" in drawn


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5 grudnia 2026", date(2026, 12, 5)), (" 5  Grudnia 2026 r. ", date(2026, 12, 5)), ("5.12.2026", date(2026, 12, 5)),
        ("2026-12-05", date(2026, 12, 5)), ("31 lutego 2026", None), ("piątego grudnia", None), ("jutro", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_words_and_never_guessed(typed, read):
    class Form(forms.Form):
        day = forms.DateField(widget=AdminDateInput)

    form = Form({"day": typed})
    assert (form.cleaned_data["day"] if form.is_valid() else None) == read
    assert 'placeholder="5.12.2026"' in str(Form()["day"])
    if read is None:
        assert typed in str(form["day"])


@pytest.mark.parametrize(
    ("path", "styles"),
    [
        ("/admin/", "style-src 'self';"),
        ("/admin/images/", "style-src 'self';"),
        ("/admin/pages/12/edit/", "style-src 'self' 'unsafe-inline';"),
        ("/admin/pages/add/ratusz_website/newspage/3/", "style-src 'self' 'unsafe-inline';"),
    ],
)
def test_only_the_editor_may_write_styles_and_nobody_scripts(path, styles):
    policy = admin_policy(path)
    assert styles in policy and "script-src 'self';" in policy


@pytest.mark.django_db
def test_a_preview_may_be_framed_by_the_editor_only():
    from ratusz.publishing.website.factories import make_article, make_portal

    page = make_article(make_portal(), lead="Podgląd.")
    answer = page.make_preview_request()
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "Podgląd." in answer.content.decode()
