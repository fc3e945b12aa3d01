"""The limit beside `ballots`: a Django view that checks nothing, does one insert and redirects."""

from __future__ import annotations

import os

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "ratusz", "USER": "app",
                               "HOST": os.environ["RATUSZ_BARE_SOCKET"], "CONN_MAX_AGE": None}},
        ALLOWED_HOSTS=["*"], ROOT_URLCONF="bench.bare_view", SECRET_KEY="bench", MIDDLEWARE=[],
    )  # fmt: skip
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponseRedirect
from django.urls import path


def one_insert(request):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (form) VALUES (%s)", [request.POST["klucz"]])
    return HttpResponseRedirect("/")


urlpatterns = [path("", one_insert)]
application = get_wsgi_application()
