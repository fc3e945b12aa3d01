"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class GatesModule(Module):
    name = "ratusz.publishing.gates"

    def ready(self) -> None:
        from ratusz.casework.meetings.registries import public_words_checks
        from ratusz.foundation.kit.registries import not_personal

        from .checks import register_own_gates
        from .public_words import personal_words

        register_own_gates()
        public_words_checks.register("gates", personal_words)
        not_personal.register("ratusz_gates.GateOverride.person", "numer konta pracownika, który przepuścił tekst w swojej roli")
