"""Where an invited person sets up their account."""

from django.urls import path

from ratusz.foundation.units.views import public

app_name = "units"
urlpatterns = [path("<str:token>/", public.accept_account, name="accept-account")]
