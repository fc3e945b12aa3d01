"""What a person gets about themselves is in words: no codes, no braces, no column called like another, no row of nothing."""

from __future__ import annotations

import pytest

from ratusz.foundation.people.sheet_words import text_of, word_for
from ratusz.foundation.people.sheets import sections_of


@pytest.mark.parametrize(
    ("model", "path", "value", "words"),
    [
        ("mfa.Authenticator", "type", "totp", "aplikacja z kodami"),
        ("mfa.Authenticator", "type", "recovery_codes", "kody zapasowe"),
        ("ratusz_audit.Entry", "deed", "people.sign_in", "zalogowanie"),
        ("ratusz_notifications.OutboxMessage", "state", "sent", "wysłana"),
        ("ratusz_notifications.OutboxMessage", "purpose", "units.invitation", "Zaproszenie do konta"),
        ("ratusz_notifications.OutboxMessage", "purpose", "no.such", "no.such"),
        ("ratusz_notifications.Address", "channel", "sms", "SMS"),
        ("ratusz_notifications.Consent", "given_through", "desk", "przy okienku"),
        ("ratusz_people.User", "is_active", True, "tak"),
        ("ratusz_people.User", "last_login", None, "–"),
        ("ratusz_audit.Detail", "content", {}, "–"),
    ],
)
def test_a_value_stands_in_words(model, path, value, words):
    assert text_of(model, path, value) == words


def test_values_of_the_record_stand_without_braces():
    content = {"label": "konto", "before": {"email": "a@example.pl"}, "after": {"email": "", "groups": ["redakcja", "moderacja"]}}
    text = text_of("ratusz_audit.Detail", "content", content)
    assert text == "na czym: konto; przed: adres e-mail: a@example.pl; po: adres e-mail: –; groups: redakcja, moderacja"


def test_names_behind_keys_are_called_after_whose_they_are():
    paths = ("role__name", "unit__name", "starts")
    assert [word_for("ratusz_units.Appointment", path) for path in paths] == ["rola", "komórka", "od"]


def test_rows_of_nothing_are_left_out_and_so_is_their_section():
    found = {
        "ratusz_audit.Entry": [{"deed": "people.sign_in", "address": None}, {"deed": "", "address": None}],
        "ratusz_notifications.Content": [{"subject": "", "text": ""}],
    }
    assert [(section.columns, section.rows) for section in sections_of(found)] == [(["Czynność", "Adres"], [["zalogowanie", "–"]])]
