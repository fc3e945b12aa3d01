"""Plugs the module into the wire, the pages of what can be followed, notifications and the workers."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class FollowingModule(Module):
    name = "ratusz.publishing.following"

    def ready(self) -> None:
        from ratusz.foundation.jobs.registry import queues
        from ratusz.foundation.kit.outgoing import decision_listeners
        from ratusz.publishing.website.menus import MenuEntry, service_entries
        from ratusz.publishing.website.registries import wire_listeners

        from . import actions

        wire_listeners.register("following", actions.hear)
        decision_listeners.register("following", actions.hear_decision)
        queues.register("telling followers", actions.tell_followers)
        queues.register("telling followers of one thing", actions.tell_of_things)
        entry = MenuEntry(lambda: str(_("Follow by e-mail")), lambda: reverse("following:follow"), order=250)
        service_entries.register("following", entry)
        self._banner()
        self._cards()
        self._purpose()
        self._parts()
        self._personal_data()

    def _banner(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors
        from ratusz.foundation.kit.registries import moves, not_personal
        from ratusz.publishing.website.registries import frame_values
        from ratusz.ui import chrome

        from . import frame
        from .banner_rules import may
        from .moves import moves_of

        for field in ("author", "approved_by", "withdrawn_by", "reviewed_by"):
            not_personal.register(
                f"ratusz_following.Banner.{field}", "numer konta pracownika: kto zapisał i zatwierdził, co miasto ogłasza"
            )
        frame_values.register(frame.NAME, frame.SQL)
        chrome.provide_banner(frame.banner_of_request)
        moves.register("following", moves_of)
        case_doors.register("following.banner", lambda person, clock, at: may(person, "write", None, at))

    def _cards(self) -> None:
        from ratusz.publishing.website.registries import wire_tools
        from ratusz.ui.parts import Link

        def embed(code: str) -> Link:
            return Link(str(_("Put it on your website")), reverse("embed-card", args=[code]))

        wire_tools.register("card", embed)

    def _purpose(self) -> None:
        from ratusz.foundation.notifications.registry import Purpose, purposes

        from . import links
        from .models import PURPOSE, THINGS

        text = _(
            "I want to get e-mails about the districts, topics and units of the Office that I choose. "
            "I can change my choice or leave at any time by the link in each e-mail."
        )
        purpose = Purpose(name=_("What I follow in the city"), consent_text=text, has_rhythm=True, choices_url=links.choices_url)
        purposes.register(PURPOSE, purpose)
        one_by_one = _(
            "I want to get an e-mail at every public change of the matters that I follow. "
            "I can leave at any time by the link in each e-mail."
        )
        purposes.register(THINGS, Purpose(name=_("Single matters that I follow"), consent_text=one_by_one))

    def _parts(self) -> None:
        from ratusz.publishing.website.registries import district_parts, topic_parts, unit_parts

        def part_of(kind: str, number: int, feed: str, slug: str) -> Any:
            from ratusz.publishing.website.registries import PagePart

            context = {"choice": f"{kind}:{number}", "feed": f"website:feed-{feed}", "slug": slug}
            return PagePart(heading=str(_("Follow")), template="following/part.html", context=context, order=5, anchor="obserwuj")

        def of_district(district: Any, at: datetime) -> Any:
            return part_of("district", district.pk, "district", district.slug)

        def of_topic(topic: Any, at: datetime) -> Any:
            return part_of("topic", topic.pk, "topic", topic.slug)

        def of_unit(profile: Any, at: datetime) -> Any:
            return part_of("unit", profile.unit_id, "unit", profile.slug)

        district_parts.register("following", of_district)
        topic_parts.register("following", of_topic)
        unit_parts.register("following", of_unit)

    def _personal_data(self) -> None:
        from ratusz.foundation.notifications.registry import erased_with_address

        from . import privacy

        erased_with_address.register("following", privacy.erase_follows_of)
        privacy.register()
