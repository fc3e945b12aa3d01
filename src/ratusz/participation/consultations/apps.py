"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class ConsultationsModule(Module):
    name = "ratusz.participation.consultations"

    def ready(self) -> None:
        from ratusz.participation.consultations import privacy
        from ratusz.participation.consultations.applications import registration as applications
        from ratusz.participation.consultations.form_kinds import survey
        from ratusz.participation.consultations.registries import public_parts, staff_parts, to_notify
        from ratusz.participation.consultations.scope import parts

        privacy.register()
        applications.register()
        survey.register()
        public_parts.register("scope", parts.public_part)
        staff_parts.register("scope", parts.staff_part)
        to_notify.register("district_councils", parts.district_councils)
