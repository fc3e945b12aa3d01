"""Buttons of the text editor that mark a part as another language, so that screen readers say it right (WCAG 3.1.2)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text.feature_registry import FeatureRegistry

LANGUAGES = {"en": _("In English"), "de": _("In German"), "uk": _("In Ukrainian")}
FEATURES = [f"lang-{code}" for code in LANGUAGES]


def register(features: FeatureRegistry) -> None:
    """One button a language; the mark is kept as <span lang="en">."""
    # Blocks name the buttons while models load, and the editor needs loaded models.
    import wagtail.admin.rich_text.editors.draftail.features as draftail
    from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler

    for code, words in LANGUAGES.items():
        kind = f"LANG_{code.upper()}"
        control = {"type": kind, "label": code.upper(), "description": words, "style": {"borderBottom": "2px dotted"}}
        features.register_editor_plugin("draftail", f"lang-{code}", draftail.InlineStyleFeature(control))
        features.register_converter_rule(
            "contentstate",
            f"lang-{code}",
            {
                "from_database_format": {f'span[lang="{code}"]': InlineStyleElementHandler(kind)},
                "to_database_format": {"style_map": {kind: {"element": "span", "props": {"lang": code}}}},
            },
        )
