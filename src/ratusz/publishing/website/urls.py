"""Addresses of the portal that are not pages of the tree; each also works under /en/."""

from django.urls import path, re_path

from .views import feeds, glossary, public

app_name = "website"
urlpatterns = [
    path("szukaj/", public.search, name="search"),
    path("numer/", public.number, name="check-number"),
    path("dzielnice/", public.districts, name="districts"),
    path("dzielnice/<slug:slug>/", public.district, name="district"),
    path("slownik/", glossary.glossary, name="glossary"),
    path("slownik/slownik.pdf", glossary.glossary_pdf, name="glossary-pdf"),
    path("kod-zrodlowy/", public.source, name="source"),
    path("kanaly/", feeds.about_feeds, name="feeds"),
    re_path(r"^kanaly/aktualnosci\.(?P<kind>atom|json)$", feeds.news, name="feed-news"),
    re_path(r"^kanaly/wszystko\.(?P<kind>atom|json)$", feeds.everything, name="feed-everything"),
    re_path(r"^kanaly/dzielnice/(?P<slug>[-\w]+)\.(?P<kind>atom|json)$", feeds.district, name="feed-district"),
]
