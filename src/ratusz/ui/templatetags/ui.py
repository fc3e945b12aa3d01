"""{% load ui %}: every component of the design system."""

from django import template

from ratusz.ui.components import forms, lists, pictures, process, site, text

register = template.Library()
for group in (forms, lists, pictures, process, site, text):
    register.tags.update(group.register.tags)
    register.filters.update(group.register.filters)
