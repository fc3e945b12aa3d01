"""The public page of the brand, as the foot of every page names it."""

from django.urls import reverse
from django.utils.translation import gettext


def name_of_brand() -> str:
    return gettext("The city's mark")


def address_of_brand() -> str:
    return reverse("newsroom:brand")
