"""The mailbox of consultations in the demo city: a maildir with letters of every sort, read like any other. All of them made up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from ratusz.demo.loaders import Report
from ratusz.demo.remarks import RUNNING
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.incoming.actions.visiting import is_set, visit
from ratusz.foundation.incoming.factories import make_bytes, put
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.mail.tags import MAILBOX, address_of

TWO_POINTS = """Dzień dobry,

mam dwie uwagi do planów parku:
1. Przy pomoście nie ma żadnej ławki. Wystarczą dwie, z oparciem.
2. Alejka od strony przystanku jest ciemna. Proszę o lampy, które nie świecą w okna.

Z poważaniem
Wanda Przykładowa
ul. Mariacka 5/2, Katowice

W dniu 12.11.2026 o 09:15, Konsultacje pisze:
> Zapraszamy do konsultacji w sprawie parku przy stawie.
> Uwagi można przesłać także e-mailem.
"""
WITH_A_SKETCH = """Szanowni Państwo,

w załączniku przesyłam szkic ścieżki, która omija trzciny. Proszę przyjąć go jako uwagę Koła Przyrodników (zmyślonego).

Pozdrawiam
Teodor Wymyślony
"""
IN_UKRAINIAN = """Доброго дня!

Прошу зробити вхід до парку без сходів: я ходжу з дитячим візком і щодня мушу просити про допомогу.

З повагою
Оксана Вигадана
"""
ON_LEAVE = "Jestem na urlopie do 7 grudnia. W pilnych sprawach proszę pisać do sekretariatu. (Odpowiedź automatyczna, zmyślona.)"
IN_HTML = (
    "<html><body><p>Dzień dobry,<br>proszę o stojaki na rowery przy wejściu od ulicy.</p>"
    "<blockquote>Zapraszamy do konsultacji.</blockquote><p>Wysłane z telefonu</p></body></html>"
)
QUESTION = "Dzień dobry,\n\no której odjeżdża ostatni autobus spod urzędu?\n\nPozdrawiam\nJan Zmyślony\n"


def load(report: Report) -> None:
    """Repeatable: letters that are there come once. Without a maildir of its own the demo has none."""
    place = urlsplit(settings.RATUSZ_MAILBOXES[MAILBOX]["url"])
    if place.scheme != "maildir" or not is_set(MAILBOX) or Letter.objects.filter(mailbox=MAILBOX).exists():
        return
    report("poczta konsultacji")
    now = database_now()
    for hours, (name, content) in enumerate(_letters().items(), 1):
        put(Path(place.path), name, content, now - timedelta(hours=7 * hours))
    with acting(system("demo")):
        visit(mailbox=MAILBOX)


def _letters() -> dict[str, bytes]:
    """By name, the newest first."""
    park = Consultation.objects.get(slug=RUNNING)
    form = park.forms.filter(kind="remarks").first()
    ours, sketch = address_of(park, form), (("szkic-ścieżki.pdf", "application/pdf", make_pdf()),)
    said = {
        "dwie-uwagi": {"text": TWO_POINTS, "subject": "Uwagi do parku", "sender": f"Wanda Przykładowa {_at('wanda')}", "to": ours},
        "ze-szkicem": {
            "text": WITH_A_SKETCH, "subject": "Park przy stawie: szkic ścieżki", "sender": f"Teodor Wymyślony {_at('teodor')}",
            "files": sketch,
        },
        "po-ukrainsku": {"text": IN_UKRAINIAN, "subject": "Парк", "sender": f"Оксана Вигадана {_at('oksana')}", "to": ours},
        "urlop": {
            "text": ON_LEAVE, "subject": "Odpowiedź automatyczna", "sender": "b@firma.example", "Auto_Submitted": "auto-replied",
        },
        "pytanie": {"text": QUESTION, "subject": "Autobus", "sender": f"Jan Zmyślony {_at('jan')}"},
    }  # fmt: skip
    found = {name: make_bytes(message_id=f"<{name}@demo.example>", **facts) for name, facts in said.items()}  # type: ignore[arg-type]
    return found | {"tylko-html": _only_html(ours), "szkodliwy": _harmful()}


def _at(name: str) -> str:
    return f"<{name}@poczta.example>"


def _only_html(ours: str) -> bytes:
    """As an old program writes it: no plain text, letters of Windows."""
    head = f"From: Halina Zmyslona <halina@poczta.example>\r\nTo: {ours}\r\nSubject: Rowery\r\nMessage-ID: <html@demo.example>\r\n"
    return f"{head}Content-Type: text/html; charset=windows-1250\r\n\r\n".encode() + IN_HTML.encode("cp1250")


def _harmful() -> bytes:
    """Thousands of parts inside one another."""
    head = b"From: nikt <nikt@zle.example>\r\nSubject: Faktura\r\nMessage-ID: <bomba@demo.example>\r\n"
    return head + b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(2000))
