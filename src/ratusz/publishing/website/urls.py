"""Addresses of the portal that are not pages of the tree."""

app_name = "website"
urlpatterns: list = []
