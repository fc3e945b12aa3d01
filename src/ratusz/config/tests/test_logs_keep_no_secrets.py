import json
import logging

import pytest

from ratusz.config.logs import JsonLine, request_number, without_personal_data

HIDDEN = {
    "PESEL 44051401359 już głosował": "PESEL [PESEL] już głosował",
    "numer 440 514 01359": "numer [PESEL]",
    "dzwonić 601 234 567": "dzwonić [phone]",
    "dzwonić +48601234567.": "dzwonić [phone].",
    "tel. (32) 259 31 11": "tel. [phone]",
    "do jan.kowalski+bo@poczta.example.pl wysłano": "do [e-mail] wysłano",
    "DETAIL: Key (email)=(a@b.pl) already exists.": "DETAIL: Key (email)=([e-mail]) already exists.",
    "/powiadomienia/?adres=jan%40poczta.pl": "/powiadomienia/?adres=[e-mail]",
    "Twój kod: 482913": "Twój kod: [secret]",
    "kod SMS to 4829": "kod SMS to [code]",
    "wpisano 482913 i odrzucono": "wpisano [code] i odrzucono",
    "?token=abc.def-123&x=1": "?token=[secret]&x=1",
    "{'password': 'tajne haslo', 'a': 1}": "{'password': [secret], 'a': 1}",
    "Authorization: Bearer eyJhbGciOi.J9": "Authorization: [secret]",
    "link MTIzNDU2:1tZ3xY:0qf3kV9sJ1xYb7QmX2r4pLtZ8aE": "link [signed]",
    "sesja k3j5h6g7f8d9s0a1q2w3e4r5t6y7": "sesja [token]",
}
KEPT = [
    "GET budzet-obywatelski/<slug>/ 200",
    "24.11.2026 14:31:17",
    "kwota 1 248 068 zł",
    "proces 12345",
    "projekt M/66/VII, 2023-09-15",
    "wersja 5.2.19",
    "ratusz.participation.budget.engine.counting",
    "/usr/lib/python3.11/site-packages/django/core/handlers/base.py",
]


@pytest.mark.parametrize(("text", "filtered"), HIDDEN.items())
def test_what_identifies_or_lets_in_is_replaced_by_its_kind(text, filtered):
    assert without_personal_data(text) == filtered


@pytest.mark.parametrize("text", KEPT)
def test_what_an_operator_needs_stays(text):
    assert without_personal_data(text) == text


def line_of(**record):
    return json.loads(JsonLine().format(logging.makeLogRecord({"name": "ratusz.test", "levelname": "INFO", **record})))


def test_a_line_is_json_in_utc_with_the_number_of_the_request():
    token = request_number.set("f00d")
    try:
        line = line_of(msg="do %s", args=("a@b.pl",), created=0.5, ms=12, token="abc", kto="a@b.pl")
    finally:
        request_number.reset(token)
    assert line == {
        "at": "1970-01-01T00:00:00.500Z",
        "level": "info",
        "logger": "ratusz.test",
        "message": "do [e-mail]",
        "request": "f00d",
        "ms": 12,
        "token": "[secret]",
        "kto": "[e-mail]",
    }


def test_a_trace_is_filtered_too():
    try:
        raise ValueError("PESEL 44051401359")
    except ValueError as error:
        line = line_of(msg="x", exc_info=(type(error), error, error.__traceback__))
    assert "44051401359" not in line["error"]
    assert "ValueError: PESEL [PESEL]" in line["error"]


def test_a_request_is_told_by_its_route_and_its_number_is_sent_back(client, caplog):
    with caplog.at_level("INFO", "ratusz.requests"):
        response = client.get("/-/live?pesel=44051401359", headers={"X-Request-ID": "0123456789abcdef"})
        other = client.get("/-/live", headers={"X-Request-ID": "evil\u201d"})
    assert response["X-Request-ID"] == "0123456789abcdef"
    assert len(other["X-Request-ID"]) == 32
    assert [record.getMessage() for record in caplog.records] == ["GET -/live"] * 2
