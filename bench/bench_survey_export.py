"""250,000 answers of 60 columns taken away as CSV with codebook and checksum, in memory that does not grow with them.

Printed: seconds against 60, peak memory of the process against 300 MB, rows told beside rows kept, and the bare database's COPY of
the same rows, measured in the same run; then how long those who answer wait while the same answers are parted from receipts.
"""

from __future__ import annotations

import logging
import resource
import time
import zipfile

from bench.own_database import own_database

ANSWERS, ANSWERS_SHORT, QUESTIONS = 250_000, 2_000, 57
LIMIT_S, LIMIT_MB, LIMIT_PARTED_S = 60, 300, 30
FILL = """
INSERT INTO ratusz_surveys_answer (id, survey_id, questionnaire_id, channel, "group", content)
SELECT gen_random_uuid(), %s, %s, 'online', '',
       (SELECT jsonb_object_agg('p' || number, (row * number) %% 5 + 1) FROM generate_series(1, %s) AS number)
  FROM generate_series(1, %s) AS row
"""


def main(short: bool) -> None:
    """Short: 2,000 answers."""
    with own_database():
        _tell(ANSWERS_SHORT if short else ANSWERS)


def _tell(wanted: int) -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from django.db import connection

    from ratusz.participation.surveys.factories import content_of, make_survey, question
    from ratusz.participation.surveys.results.files import csv_package

    content = content_of(*(question(f"p{number}", "scale", lowest=1, highest=5) for number in range(1, QUESTIONS + 1)))
    survey = make_survey(content)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [survey.pk, survey.versions.get().pk, QUESTIONS, wanted])
    start, worked = time.perf_counter(), time.process_time()
    content, written = csv_package(survey)
    worked = time.process_time() - worked
    with content as package:
        took, told = time.perf_counter() - start, zipfile.ZipFile(package).read("opis.txt").decode()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    in_xlsx = _as_workbook(survey)
    bare = _copied(survey.pk)
    print(f"survey export of {wanted:,} answers × {QUESTIONS + 3} columns: {took:.1f} s", end="")
    print(f", of the processor {worked:.1f} s (limit {LIMIT_S} s)", end="")
    print(f", peak {peak:.0f} MB (limit {LIMIT_MB} MB)")
    print(f"rows told: {f'Wierszy: {wanted}.' in told}; bare COPY of the same rows: {bare:.1f} s; ratio {took / bare:.1f}")
    print(in_xlsx)
    print(f"parting of the same answers from their receipts: {_parted():.1f} s; limit {LIMIT_PARTED_S} s, once an hour")


def _as_workbook(survey: object) -> str:
    """The same as a workbook, whatever its size; in service one above `MOST_CELLS` is refused and CSV offered."""
    from ratusz.participation.surveys.results.files import workbook

    start, worked = time.perf_counter(), time.process_time()
    content, written = workbook(survey)  # type: ignore[arg-type]
    with content:
        size = content.seek(0, 2) / 1e6
    took, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"as XLSX, {written.rows:,} rows, {size:.0f} MB: {took:.1f} s, of the processor {worked:.1f} s (limit {LIMIT_S} s),"
        f" peak {peak:.0f} MB (limit {LIMIT_MB} MB)"
    )


def _parted() -> float:
    from ratusz.participation.surveys.actions import part_answers
    from ratusz.participation.surveys.factories import answer, make_survey

    survey = make_survey(slug="parted")
    answer(survey)
    start = time.perf_counter()
    assert part_answers() == 4
    return time.perf_counter() - start


def _copied(survey: int) -> float:
    from django.db import connection

    start = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(
        f"COPY (SELECT id, content FROM ratusz_surveys_answer WHERE survey_id = {int(survey)}) TO STDOUT"
    ) as rows:  # fmt: skip
        for _row in rows:
            pass
    return time.perf_counter() - start
