"""Addresses of the participatory budget: editions, pools, projects, how it was counted, downloads."""

from django.urls import path

from ratusz.participation.budget.views import downloads, profiles, public, rules_public

app_name = "budget"
urlpatterns = [
    path("", public.editions, name="editions"),
    path("ratusz_verify.py", downloads.verifier, name="verifier"),
    path("profile/", profiles.profiles, name="profiles"),
    path("<slug:edition_slug>/", public.edition, name="edition"),
    path("<slug:edition_slug>/zasady/", rules_public.rules, name="rules"),
    path("<slug:edition_slug>/zasady/<int:number>.json", rules_public.rules_file, name="rules-file"),
    path("<slug:edition_slug>/projekty/", public.projects, name="projects"),
    path("<slug:edition_slug>/projekty/<slug:project_slug>/", public.project, name="project"),
    path("<slug:edition_slug>/pobierz/<str:file_name>", downloads.edition_file, name="edition-file"),
    path("<slug:edition_slug>/<slug:pool_slug>/", public.pool, name="pool"),
    path("<slug:edition_slug>/<slug:pool_slug>/jak-liczono/", public.how_counted, name="how-counted"),
    path("<slug:edition_slug>/<slug:pool_slug>/pobierz/<str:file_name>", downloads.pool_file, name="pool-file"),
]
