"""Plugs the module into the registries of lower modules."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class NotificationsModule(Module):
    name = "ratusz.foundation.notifications"

    def ready(self):
        from ratusz.foundation.notifications import privacy

        self._own_purposes()
        self._background_work()
        self._moves()
        privacy.register()

    def _own_purposes(self):
        from ratusz.foundation.notifications.registry import Purpose, purposes

        purposes.register("notifications.question", Purpose(name=_("Question for consent"), hourly_limit=5, limit_refuses=True))
        purposes.register(
            "notifications.link", Purpose(name=_("Link to the settings"), hourly_limit=3, limit_refuses=True, is_urgent=True)
        )
        purposes.register("notifications.digest", Purpose(name=_("News in one mail"), stops_when_asked=True))
        purposes.register("notifications.account", Purpose(name=_("Matters of your account"), is_urgent=True))

    def _background_work(self):
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.notifications import actions
        from ratusz.foundation.notifications.models import Channel, Rhythm

        for channel in Channel.values:
            queues.register(f"outbox: {channel}", partial(actions.deliver, channel=channel))
        for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
            run = partial(actions.send_digests, rhythm=rhythm)
            register_action(f"notifications.send_{rhythm}_digests", run, what=_("Send digests"), in_transaction=False)
        register_action("notifications.forget_contents", actions.forget_contents, what=_("Wipe old texts of messages"))
        register_action("notifications.forget_requests", actions.forget_requests, what=_("Forget questions nobody confirmed"))

    def _moves(self):
        from ratusz.foundation.kit.registries import moves
        from ratusz.foundation.notifications.queries import moves_of

        moves.register("notifications", moves_of)
