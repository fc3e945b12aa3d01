"""Messages are collected, kept, compiled and checked."""

import gettext

import pytest

from ratusz.config import catalogue_checks, catalogues

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

first = _("Vote")
second = ngettext("%(count)d vote", "%(count)d votes", 3)
third = pgettext("a month", "May")
"""
TEMPLATE = """{% load i18n %}<p>{% translate "Your %receipt" %}</p>
{% blocktranslate count number=n %}{{ number }} point{% plural %}{{ number }} points{% endblocktranslate %}
<a title="{{ _("Help")|upper }}">{% translate "Send" context "verb" %}</a>"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    folder = tmp_path / "budget"
    (folder / "templates/budget").mkdir(parents=True)
    (folder / "tests").mkdir()
    (folder / "apps.py").write_text("")
    (folder / "models.py").write_text(SOURCE)
    (folder / "tests/test_it.py").write_text('_("Not for people")')
    (folder / "templates/budget/page.html").write_text(TEMPLATE)
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "WITHOUT_APP", ())
    return catalogues.Module(folder)


def write(module, body):
    module.catalogue_path.parent.mkdir(parents=True, exist_ok=True)
    module.catalogue_path.write_text(catalogues.HEADER + body, encoding="utf-8")


def kinds(module):
    return sorted({(gap.kind, gap.message) for gap in catalogue_checks.gaps()})


def test_messages_of_sources_and_templates_are_collected(module):
    assert catalogues.extract() == [module.catalogue_path]
    assert [catalogues.key_of(message) for message in catalogues.entries(module.read())] == [
        ("%(count)d vote", None), ("%(number)s point", None), ("Help", None), ("May", "a month"), ("Send", "verb"), ("Vote", None),
        ("Your %%receipt", None),
    ]  # fmt: skip
    assert catalogues.extract() == []


def test_translations_stay_and_unused_messages_go(module):
    write(
        module,
        'msgid "Vote"\nmsgstr "Zagłosuj"\n\nmsgid "Gone"\nmsgstr "Nie ma"\n\n'
        '# supplement: wagtail\nmsgid "Explore"\nmsgstr "Przejrzyj"\n',
    )
    catalogues.extract()
    messages = catalogues.entries(module.read())
    translated = {message.id: message.string for message in messages if isinstance(message.id, str) and message.string}
    assert translated == {"Vote": "Zagłosuj", "Explore": "Przejrzyj"}


def test_a_message_that_moved_takes_its_translation_along(module, tmp_path):
    other = catalogues.Module(tmp_path / "surveys")
    other.folder.mkdir()
    (other.folder / "apps.py").write_text("")
    write(other, 'msgid "Vote"\nmsgstr "Zagłosuj"\n')
    catalogues.extract(["budget"])
    assert module.read()["Vote"].string == "Zagłosuj"


def test_compiling_writes_only_what_is_stale(module):
    write(module, 'msgid "Vote"\nmsgstr "Zagłosuj"\n')
    assert catalogues.compile_stale() == [module.catalogue_path.with_suffix(".mo")]
    assert catalogues.compile_stale() == []
    with module.catalogue_path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Vote") == "Zagłosuj"


def test_every_fault_is_named(module):
    (module.folder / "models.py").write_text(
        SOURCE + '_("Fuzzy"); _("Hello %(name)s"); _("Accents"); _("Broken"); _("More "); ngettext("day", "days", 2)\n'
    )
    (module.folder / "templates/budget/page.html").write_text("")
    write(
        module,
        'msgid "Vote"\nmsgstr ""\n\nmsgid "Unused"\nmsgstr "Nieużywane"\n\n#, fuzzy\nmsgid "Fuzzy"\nmsgstr "Rozmyte"\n\n'
        'msgid "Hello %(name)s"\nmsgstr "Cześć %(nmae)s"\n\nmsgid "Accents"\nmsgstr "Zglos uwage do wniosku"\n\n'
        'msgid "Broken"\nmsgstr "ZgĹ‚oĹ›"\n\nmsgid "More "\nmsgstr "Więcej"\n\nmsgctxt "a month"\nmsgid "May"\nmsgstr "maj"\n\n'
        'msgid "%(count)d vote"\nmsgid_plural "%(count)d votes"\nmsgstr[0] "%(count)d głos"\nmsgstr[1] "%(count)d głosy"\n\n'
        'msgid "day"\nmsgid_plural "days"\nmsgstr[0] "dzień"\nmsgstr[1] "dni"\nmsgstr[2] "dni"\n',
    )
    assert kinds(module) == [
        ("edges", "More "), ("fuzzy", "Fuzzy"), ("letters", "Accents"), ("letters", "Broken"), ("missing", "%(count)d vote"),
        ("missing", "Vote"), ("placeholders", "Hello %(name)s"), ("unused", "Unused"),
    ]  # fmt: skip


def test_a_wrong_plural_rule_is_found(module):
    write(module, 'msgid "Vote"\nmsgstr "Zagłosuj"\n')
    path = module.catalogue_path
    path.write_text(path.read_text().replace("n%100<12 || n%100>14", "n%100<10"), encoding="utf-8")
    assert ("wrong-plural", "") in kinds(module)


def test_one_message_with_two_translations_is_a_contradiction(module, tmp_path):
    other = catalogues.Module(tmp_path / "surveys")
    other.folder.mkdir()
    (other.folder / "apps.py").write_text('_("Vote")')
    write(module, 'msgid "Vote"\nmsgstr "Zagłosuj"\n')
    write(other, 'msgid "Vote"\nmsgstr "Głos"\n')
    assert ("contradiction", "Vote") in kinds(module)
