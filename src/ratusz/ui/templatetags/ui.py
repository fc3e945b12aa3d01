"""{% load ui %}: every component of the design system."""

from django import template

from ratusz.ui.components import site

register = template.Library()
for group in (site,):
    register.tags.update(group.register.tags)
    register.filters.update(group.register.filters)
