"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class MessagesModule(Module):
    name = "ratusz.publishing.messages"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit.outgoing import decision_listeners
        from ratusz.foundation.kit.registries import moves
        from ratusz.publishing.gates.registries import readers
        from ratusz.publishing.messages import actions, gate_reader, own_outlets
        from ratusz.publishing.messages.moves import moves_of

        own_outlets.register()
        moves.register("messages", moves_of)
        readers.register(gate_reader.KIND, gate_reader.READER)
        decision_listeners.register("messages", actions.hear_decision)
        decision_listeners.register("messages.corrections", actions.hear_decision_on_correction)
        register_action("messages.send_due", actions.send_due, what=_("Send messages whose moment has come"))
        picture = FilePurpose(_("Picture of a message"), IMAGES, keep_days=365 * 25, is_personal=False, may_read=_any_staff)
        proof = FilePurpose(
            _("Proof of publication"), (*IMAGES, *DOCUMENTS), keep_days=365 * 10, is_personal=False, may_read=_any_staff
        )
        file_purposes.register("messages.picture", picture)
        file_purposes.register("messages.proof", proof)
        self._explain_what_only_looks_personal()

    def _explain_what_only_looks_personal(self) -> None:
        from ratusz.foundation.kit.registries import not_personal

        staff = {
            "FactsVersion": ("written_by",), "Variant": ("author", "approved_by"), "Release": ("sent_by", "approved_by"),
            "Correction": ("written_by", "approved_by"), "CorrectionTask": ("settled_by",), "Proof": ("recorded_by",),
            "Hanging": ("recorded_by",),
        }  # fmt: skip
        for model, fields in staff.items():
            for field in fields:
                not_personal.register(f"ratusz_messages.{model}.{field}", "numer konta pracownika: kto zatwierdził, co miasto mówi")
        not_personal.register(
            "ratusz_messages.MessagePicture.author", "twórca podawany z prawa (art. 16 ustawy o prawie autorskim)"
        )
        not_personal.register("ratusz_messages.FactsVersion.for_whom", "krąg osób, do których mówi miasto, nie osoba")
        for field in ("Proof.published_by", "Hanging.hung_by"):
            not_personal.register(f"ratusz_messages.{field}", "komórka albo stanowisko, nie nazwisko")


def _any_staff(person, file, at) -> bool:
    return bool(getattr(person, "is_staff", False))
