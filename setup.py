"""What pyproject.toml cannot say: the package, which may be installed read-only, gets compiled catalogues and the handbook."""

from pathlib import Path
from shutil import copytree

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithWords(build_py):
    """Writes each .mo beside its .po before the files are collected, and copies what Help shows."""

    def run(self):
        for source in Path("src").rglob("locale/*/LC_MESSAGES/*.po"):
            with open(source, "rb") as words, open(source.with_suffix(".mo"), "wb") as compiled:
                write_mo(compiled, read_po(words, locale=source.parts[-3]))
        # Collected once already, when the .mo files were not there.
        self.data_files = self._get_data_files()
        super().run()
        copytree("docs/handbook", Path(self.build_lib) / "ratusz/coordination/desk/handbook_pages", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithWords})
