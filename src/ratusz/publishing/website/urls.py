"""Addresses of the portal that are not pages of the tree; each also works under /en/."""

from django.urls import path, re_path

from .views import feeds, glossary, messages, public, subjects

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
    re_path(r"^kanaly/aktualnosci\.(?P<form>atom|json)$", feeds.news, name="feed-news"),
    re_path(r"^kanaly/wszystko\.(?P<form>atom|json)$", feeds.everything, name="feed-everything"),
    re_path(r"^kanaly/rodzaje/(?P<code>[-\w]+)\.(?P<form>atom|json)$", feeds.kind, name="feed-kind"),
    re_path(r"^kanaly/dzielnice/(?P<slug>[-\w]+)\.(?P<form>atom|json|ics)$", feeds.district, name="feed-district"),
    re_path(r"^kanaly/tematy/(?P<slug>[-\w]+)\.(?P<form>atom|json|ics)$", feeds.topic, name="feed-topic"),
    re_path(r"^kanaly/komorki/(?P<slug>[-\w]+)\.(?P<form>atom|json|ics)$", feeds.unit, name="feed-unit"),
    path("tematy/", subjects.topics, name="topics"),
    path("tematy/<slug:slug>/", subjects.topic, name="topic"),
    path("komorki/", subjects.units, name="units"),
    path("komorki/<slug:slug>/", subjects.unit, name="unit"),
    path("komunikaty/", messages.messages, name="messages"),
    path("komunikaty/<int:year>/<int:number>-<slug:slug>/", messages.message, name="message"),
    path("komunikaty/<int:year>/<int:number>/", messages.message, name="message-by-number"),
    path("komunikaty/<int:year>/<int:number>/zdjecie", messages.picture, name="message-picture"),
    path("komunikaty/<int:year>/<int:number>/wydarzenie.ics", messages.event_ics, name="message-ics"),
    path("komunikaty/api/komunikaty.json", messages.api, name="messages-api"),
    path("komunikaty/api/<int:year>/<int:number>.json", messages.api_one, name="message-api"),
    path("ekran/", messages.screen, name="screen"),
    path("ekran/ekran.json", messages.screen_json, name="screen-json"),
]
