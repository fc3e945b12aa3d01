"""The WSGI entry for gunicorn and any other server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver, reverse
from django.utils.translation import override

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ratusz.config.settings")
application = get_wsgi_application()
# All addresses with their views, in every language: before the forks, and not while the first visitors wait.
for _language, _name in settings.LANGUAGES:
    with override(_language):
        get_resolver().resolve(reverse("account_login"))
