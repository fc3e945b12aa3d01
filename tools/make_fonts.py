"""Makes the subset fonts of src/ratusz/ui/fonts from the npm package source-sans (OFL). Run by hand when the alphabet changes.

    npm install source-sans@3.52.0        (anywhere)
    python tools/make_fonts.py node_modules/source-sans

The name "Source" is reserved by the licence for unmodified files, so our subset is called Ratusz Sans.
Needs fontTools[woff] (requirements/dev).
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).resolve().parents[1] / "src/ratusz/ui/fonts"
FAMILY = "Ratusz Sans"
# Polish, the letters of the neighbours most often met in names, and the punctuation of a municipal text.
FIRST = (
    "U+0020-007E,U+00A0,U+00A7,U+00A9,U+00AB,U+00AD,U+00B0-00B2,U+00B7,U+00BB,U+00BD,U+00C1,U+00C4,U+00C9,U+00D3,U+00D6,U+00D7,U+00DC,"
    "U+00DF,U+00E1,U+00E4,U+00E7-00E9,U+00ED,U+00F3,U+00F6,U+00FC,U+0104-0107,U+0118,U+0119,U+0141-0144,U+015A,U+015B,U+0160,U+0161,"
    "U+0179-017E,U+2009,U+202F,U+2010-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+20AC,U+2190-2193,U+2212,U+2264,U+2265"
)
# Everything else a name of a resident may need; the browser asks for this file only when such a letter is on the page.
ALL = (
    "U+0020-024F,U+0300-0304,U+0370-03FF,U+0400-045F,U+0490,U+0491,U+1E80-1E85,U+1E9E,"
    "U+2000-206F,U+20A0-20BF,U+2100-215F,U+2190-21FF,U+2200-22FF"
)
FEATURES = ["kern", "mark", "ccmp", "locl", "tnum", "zero", "cv01", "cv04"]


def main(package: Path) -> None:
    upright, italic = package / "VF/SourceSans3VF-Upright.ttf", package / "VF/SourceSans3VF-Italic.ttf"
    first = set(parse_unicodes(FIRST))
    make(upright, "ratusz-sans.woff2", first, (400, 700), "Regular")
    make(upright, "ratusz-sans-more.woff2", set(parse_unicodes(ALL)) - first, (400, 700), "Regular")
    make(italic, "ratusz-sans-italic.woff2", first, 400, "Italic")
    for source, weight, style in (
        (upright, 400, "Regular"),
        (upright, 700, "Bold"),
        (italic, 400, "Italic"),
        (italic, 700, "Bold Italic"),
    ):
        make(source, f"RatuszSans-{style.replace(' ', '')}.ttf", set(parse_unicodes(ALL)), weight, style)
    shutil.copy(package / "LICENSE.md", OUT / "OFL.txt")


def make(source: Path, name: str, characters: set[int], weight, style: str) -> None:
    stored = BytesIO()
    # Stored and read again: the subsetter can't take the instancer's lazy tables.
    instantiateVariableFont(TTFont(source), {"wght": weight}).save(stored)
    font = TTFont(BytesIO(stored.getvalue()))
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    rename(font, style)
    font["OS/2"].usWeightClass = 700 if style.startswith("Bold") else 400
    font["OS/2"].fsSelection = (
        (0x40 if style == "Regular" else 0) | (0x20 if "Bold" in style else 0) | (0x01 if "Italic" in style else 0)
    )
    font["head"].macStyle = (1 if "Bold" in style else 0) | (2 if "Italic" in style else 0)
    font.flavor = "woff2" if name.endswith("woff2") else None
    font.save(OUT / name)
    print(name, (OUT / name).stat().st_size, "B,", len(font.getBestCmap()), "characters")


def rename(font: TTFont, style: str) -> None:
    compact = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: style, 3: f"{compact}-{style}", 4: f"{FAMILY} {style}", 6: f"{compact}-{style.replace(' ', '')}"}
    for number, text in names.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
