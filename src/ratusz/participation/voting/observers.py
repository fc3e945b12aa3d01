"""The observers' bundle: everything by which anybody checks a vote from its opening to the result, in one signed ZIP.

Made once per result and kept, so that everybody gets the same bytes; a recount makes another bundle beside it. Entries are stored
without compression, so that the verifier can build the same archive again and a changed byte shows wherever it is.
"""

from __future__ import annotations

import io
import json
import platform
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import ratusz
from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.budget import published
from ratusz.participation.budget.actions.ballot_list import ballot_content
from ratusz.participation.budget.edition_rules import canonical
from ratusz.participation.budget.models import Pool, RulesVersion
from ratusz.participation.voting import heads, protocol, queries, results, statistics
from ratusz.participation.voting.models import LogLeaf, Vote

FORMAT = "ratusz-glosowanie/1"
LIST, SIGNATURE = "spis.json", "spis.podpis"
BUNDLE, PDF, DOCX, NUMBERS = "paczka.zip", "protokol.pdf", "protokol.docx", "numery.csv"
NAMES = (BUNDLE, PDF, DOCX, NUMBERS)
EARLIEST = (1980, 1, 1, 0, 0, 0)
README = """Paczka dla obserwatorów głosowania w budżecie obywatelskim

Sprawdzenie: python3 ratusz_verify.py paczka.zip
(program jest też w tej paczce, program/ratusz_verify.py, ale lepiej wziąć go z innego miejsca, któremu ufasz).

dziennik/wpisy.txt   każdy zaklejony głos i każda czynność, po jednym wierszu, w kolejności dziennika
dziennik/sumy.json   podpisane sumy dziennika; porównaj je z tymi, które zapisano w czasie głosowania
zasady/              zasady edycji, karta i lista projektów: ich skróty SHA-256 stoją w dzienniku sprzed pierwszego głosu
numery.csv           numery wszystkich głosów i co się z nimi stało; numer nigdy nie stoi obok wyboru
pule/…/*.pb          karty bez numerów i osób, wymieszane osobno w każdej puli (postać Pabulib)
pule/…/manifest.json zasady liczenia i ogłoszony wynik puli
wynik.json           cały wynik; jego skrót stoi w dzienniku przy ogłoszeniu
statystyka.json      uzgodnienie kopert i statystyki; małe grupy są połączone
program/             wersja programu, lista jego części (CycloneDX) i program sprawdzający
spis.json            nazwy i skróty wszystkich plików; spis.podpis to podpis Ed25519 pod skrótem spisu

Czego paczka nie powie: czy każdy głos oddała osoba uprawniona i czy otwarte głosy są tymi, które zaklejono. Tego pilnuje komisja:
koperty oddzielono i otwarto przy obserwatorach, kluczem podzielonym między członków komisji.
"""


def folder_of(vote: Vote) -> Path:
    """Where the files of the present result are; another result has another folder."""
    results = vote.edition.pools.order_by("pk").values_list("result_id", "result__counted_at")
    digest = sha256(",".join(f"{number} {counted_at}" for number, counted_at in results).encode()).hexdigest()
    return Path(settings.MEDIA_ROOT) / "voting" / f"vote-{vote.pk}-{digest[:16]}"


def file_of(vote: Vote, name: str) -> Path | None:
    """A file of a published vote, made at the first request; None when there is none of that name. Raises NotReady."""
    makers = {BUNDLE: _bundle, PDF: protocol.pdf_of, DOCX: protocol.docx_of, NUMBERS: numbers_of}
    if vote.state != Vote.State.COUNTED or name not in makers:
        return None
    path = folder_of(vote) / name
    if not path.exists():
        if not queries.log_is_whole(vote):
            raise NotReady
        published.write_once(path, makers[name](vote))
    return path


def make_all_files(vote: Vote) -> None:
    """Makes all of them."""
    for name in NAMES:
        file_of(vote, name)


class NotReady(Exception):
    """The result was published this moment and the log has no head over it yet: a file made now would never be confirmed."""


@transaction.atomic
def _bundle(vote: Vote) -> bytes:
    return zip_of(signed(files_of(vote), _about(vote)))


def _about(vote: Vote) -> dict[str, Any]:
    edition = vote.edition
    return {
        "city": edition.city, "edition": edition.roman, "year": edition.year, "vote": vote.pk, "version": ratusz.__version__,
        "version_of_vote": vote.fingerprints.get("version", ""), "made_up": edition.ballots_are_made_up,
    }  # fmt: skip


def files_of(vote: Vote) -> dict[str, bytes]:
    """Every file of the bundle but its list and signature, by name."""
    files = {
        "PRZECZYTAJ.txt": README.encode(),
        **_files_of_log(vote),
        "zasady/karta.json": queries.ballot_bytes(queries.sheet_of(vote)),
        NUMBERS: numbers_of(vote),
        "wynik.json": results.content_of(results.standing(vote.edition, with_drafts=False).values()),
        "statystyka.json": _json(statistics.published(vote)),
        "program/sbom.json": sbom(),
        "protokol.pdf": protocol.pdf_of(vote),
    }
    if version := RulesVersion.objects.filter(edition=vote.edition, sha256=vote.fingerprints.get("rules", "")).first():
        files["zasady/zasady.json"] = canonical(version.content)
    if vote.fingerprints.get("ballot_list"):
        files["zasady/lista.json"] = canonical(ballot_content(vote.edition))
    if published.VERIFIER.exists():
        files["program/ratusz_verify.py"] = published.VERIFIER.read_bytes()
    for pool in vote.edition.pools.select_related("edition", "result").order_by("position"):
        files |= _files_of_pool(pool)
    return files


def _files_of_log(vote: Vote) -> dict[str, bytes]:
    """Entries and heads up to one head: what is written down at this very moment is in neither, else no head would fit for ever."""
    head = queries.newest_head(vote)
    size = head.size if head else 0
    signed_heads = vote.heads.filter(size__lte=size).order_by("size", "signed_at")
    return {
        "dziennik/wpisy.txt": "".join(f"{entry}\n" for entry in _entries(vote, size)).encode(),
        "dziennik/sumy.json": _json([heads.as_data(each) for each in signed_heads]),
    }


def _entries(vote: Vote, size: int) -> Iterator[str]:
    return LogLeaf.objects.filter(vote=vote, number__lt=size).order_by("number").values_list("entry", flat=True).iterator()


def _files_of_pool(pool: Pool) -> dict[str, bytes]:
    """What is in the pool's own bundle, which is published beside its result."""
    path = published.file_of(pool, published.BUNDLE)
    if path is None:
        return {}
    with zipfile.ZipFile(path) as archive:
        return {f"pule/{pool.slug}/{name}": archive.read(name) for name in archive.namelist()}


def numbers_of(vote: Vote) -> bytes:
    """Numbers of all ballots in their own order, with their ends and reasons."""
    rows = vote.codes.order_by("code").values_list("code", "end", "reason")
    return "".join(csv_lines([("numer", "stan", "przyczyna"), *rows])).encode()


def sbom() -> bytes:
    """What the program is made of, after CycloneDX 1.5: names and versions of everything installed beside it."""
    parts = {(found.metadata["Name"], found.version) for found in distributions() if found.metadata["Name"]}
    components = [
        {"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name.lower()}@{version}"}
        for name, version in sorted(parts, key=lambda part: (part[0].lower(), part[1]))
    ]
    about = {"type": "application", "name": "ratusz", "version": ratusz.__version__}
    platform_part = {"type": "platform", "name": "python", "version": platform.python_version()}
    plain = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": about},
        "components": [platform_part, *components],
    }  # fmt: skip
    return _json(plain)


def signed(files: Mapping[str, bytes], about: Mapping[str, Any]) -> dict[str, bytes]:
    """The files with their list and the signature under it."""
    described = {name: {"sha256": sha256(content).hexdigest(), "bytes": len(content)} for name, content in sorted(files.items())}
    written = _json({"format": FORMAT, "about": dict(about), "public_key": heads.public_key().hex(), "files": described})
    return {**files, LIST: written, SIGNATURE: heads.signature_of_list(written).hex().encode() + b"\n"}


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files: in the order of names, stored, without moments: the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def digest_of_list(vote: Vote) -> str:
    """SHA-256 of the bundle's list, as the verifier prints it; "" until the bundle is made."""
    path = folder_of(vote) / BUNDLE
    if not path.exists():
        return ""
    with zipfile.ZipFile(path) as archive:
        return sha256(archive.read(LIST)).hexdigest()


def label_of(name: str) -> str:
    """What a file is, in words."""
    return {
        BUNDLE: _("Bundle for observers: log, rules, numbers, ballots, result, verifier"), PDF: _("Protocol of the results"),
        DOCX: _("Protocol of the results"), NUMBERS: _("Numbers of ballots with what became of them"),
    }[name]  # fmt: skip


def _json(plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
