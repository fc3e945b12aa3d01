"""Where surveys stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.surveys import rules
from ratusz.participation.surveys.research import hooks as research
from ratusz.participation.surveys.views.staff import doors, open_answers, paper, population, questions, results, surveys


class SurveysMenuItem(MenuItem):
    """Shown to whoever sees surveys."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("ankiety/", surveys.surveys, name="surveys_list"),
        path("ankiety/nowa/", surveys.new, name="surveys_new"),
        path("ankiety/ludnosc/", population.population, name="surveys_population"),
        path("ankiety/ludnosc/wzor.xlsx", population.pattern, name="surveys_population_pattern"),
        path("ankiety/ludnosc/<int:pk>/usun/", population.drop, name="surveys_population_drop"),
        path("ankiety/papier/partia/<int:pk>/", paper.batch, name="surveys_batch"),
        path("ankiety/papier/karta/<int:pk>/", paper.card, name="surveys_card"),
        path("ankiety/<int:pk>/", surveys.survey, name="surveys_survey"),
        path("ankiety/<int:pk>/dane/", surveys.facts, name="surveys_facts"),
        path("ankiety/<int:pk>/publikacja/", surveys.publish, name="surveys_publish"),
        path("ankiety/<int:pk>/koniec/", surveys.end, name="surveys_end"),
        path("ankiety/<int:pk>/wersja/", surveys.version, name="surveys_version"),
        path("ankiety/<int:pk>/pytania/", questions.questions, name="surveys_questions"),
        path("ankiety/<int:pk>/pytania/zmiana/", questions.change, name="surveys_change"),
        path("ankiety/<int:pk>/pytania/nowe/<slug:page>/", questions.new_item, name="surveys_new_item"),
        path("ankiety/<int:pk>/pytania/czesc/<slug:code>/", questions.edit_part, name="surveys_part"),
        path("ankiety/<int:pk>/pytania/<slug:code>/", questions.edit_item, name="surveys_item"),
        path("ankiety/<int:pk>/podglad/", questions.preview, name="surveys_preview"),
        path("ankiety/<int:pk>/kody/", doors.codes, name="surveys_codes"),
        path("ankiety/<int:pk>/limity/", doors.quotas, name="surveys_quotas"),
        path("ankiety/<int:pk>/wyniki/", results.results, name="surveys_results"),
        path("ankiety/<int:pk>/wlasnymi-slowami/", open_answers.words, name="surveys_open_answers"),
        path("ankiety/<int:pk>/kogo-uslyszelismy/", results.heard, name="surveys_heard"),
        path("ankiety/<int:pk>/pliki/", results.exports, name="surveys_exports"),
        path("ankiety/<int:pk>/odpowiedzi.<str:kind>", results.answers, name="surveys_answers"),
        path("ankiety/<int:pk>/papier/", paper.batches, name="surveys_paper"),
        *research.staff_urls(),
    ]


@hooks.register("register_listening_menu_item")
def surveys_in_menu() -> MenuItem:
    return SurveysMenuItem(_("Surveys"), reverse("surveys_list"), name="surveys", icon_name="form", order=45)


@hooks.register("register_listening_menu_item")
def research_in_menu() -> MenuItem:
    return research.menu_item()
