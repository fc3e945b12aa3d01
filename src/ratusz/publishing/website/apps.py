"""Plugs the portal into the frame of pages and into Wagtail's lifecycle."""

from ratusz.foundation.kit.modules import Module


class WebsiteModule(Module):
    name = "ratusz.publishing.website"

    def ready(self) -> None:
        from ratusz.ui import chrome

        from . import admin_widgets, publishing_events
        from .menus import chrome_of_request, register_own_entries

        chrome.provide(chrome_of_request)
        register_own_entries()
        publishing_events.listen()
        admin_widgets.take_scripts_out_of_choosers()
