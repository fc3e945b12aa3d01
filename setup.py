"""The one thing pyproject.toml cannot say: the catalogues are compiled into the package, which may be installed read-only."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Writes each .mo beside its .po before the files are collected."""

    def run(self):
        for source in Path("src").rglob("locale/*/LC_MESSAGES/*.po"):
            with open(source, "rb") as words, open(source.with_suffix(".mo"), "wb") as compiled:
                write_mo(compiled, read_po(words, locale=source.parts[-3]))
        # Collected once already, when the .mo files were not there.
        self.data_files = self._get_data_files()
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
