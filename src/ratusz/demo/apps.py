"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class DemoModule(Module):
    name = "ratusz.demo"

    def ready(self) -> None:
        from django.conf import settings

        from ratusz.demo.accounts import door
        from ratusz.foundation.people.homes import other_doors

        other_doors.register("demo", door)
        if settings.DEMO:
            _subjects()


def _subjects() -> None:
    """Two subjects for the preference page of the demo, until the modules that will write about them come with theirs."""
    from ratusz.foundation.notifications.registry import Purpose, purposes

    agree = _("I want to get messages about it from the city. I can leave at any time.")
    for name, words in (("budget", _("Participatory budget")), ("news", _("News of the city"))):
        purposes.register(f"demo.{name}", Purpose(name=words, consent_text=agree, has_rhythm=True))
