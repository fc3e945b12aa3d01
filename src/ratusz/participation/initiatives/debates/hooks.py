"""Where debates stand in the Wagtail admin, for wagtail_hooks.py."""

from __future__ import annotations

from django.urls import path

from ratusz.participation.initiatives.debates.views import staff


def staff_urls() -> list:
    """Addresses below the admin's root."""
    return [
        path("debata/", staff.register, name="initiatives_debates"),
        path("debata/nowa/", staff.save, name="initiatives_new_debate"),
        path("debata/<int:pk>/", staff.show, name="initiatives_debate"),
        path("debata/<int:pk>/zmiana/", staff.save, name="initiatives_change_debate"),
        path("debata/<int:pk>/wpisz/", staff.enter, name="initiatives_enter_entry"),
        path("debata/<int:pk>/lista.pdf", staff.speakers, name="initiatives_debate_speakers"),
        path("debata/<int:pk>/zgloszenia.xlsx", staff.download, name="initiatives_debate_file"),
        path("debata/<int:pk>/zgloszenie/<int:number>/", staff.entry, name="initiatives_debate_entry"),
        path("debata/<int:pk>/zgloszenie/<int:number>/pismo.<str:kind>", staff.letter, name="initiatives_debate_letter"),
    ]
