import pytest

from ratusz.ui import tokens

ON = [
    ("ink", "paper"),
    ("ink", "mist"),
    ("ink-soft", "paper"),
    ("ink-soft", "mist"),
    ("blue", "paper"),
    ("blue", "mist"),
    ("blue-deep", "paper"),
    ("blue-deep", "mist"),
    ("on-blue", "blue"),
    ("on-blue", "blue-deep"),
    ("on-panel", "panel"),
    ("on-panel", "panel-deep"),
    ("on-yellow", "yellow"),
    ("brick", "paper"),
    ("brick", "mist"),
    ("leaf", "paper"),
    ("leaf", "mist"),
    *((f"on-level-{level}", f"level-{level}") for level in range(5)),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), ON)
def test_text_stands_out_from_its_ground(theme, text, ground):
    colours = tokens.read(theme)
    assert tokens.contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("edge", "ground"), [("edge", "paper"), ("edge", "mist"), ("yellow", "on-yellow"), ("brick", "paper"), ("blue", "paper")]
)
def test_edges_of_controls_and_marks_are_seen(theme, edge, ground):
    colours = tokens.read(theme)
    assert tokens.contrast(colours[edge], colours[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_levels_of_a_map_grow_steadily_from_the_paper(theme):
    colours = tokens.read(theme)
    steps = [tokens.contrast(colours[f"level-{level}"], colours["paper"]) for level in range(5)]
    assert steps == sorted(steps)


def test_python_reads_the_start_values_of_the_look():
    light = tokens.read()
    assert {name: light[name] for name in ("ink", "paper", "blue", "yellow", "text", "radius")} == {
        "ink": "#14181f",
        "paper": "#ffffff",
        "blue": "#0b4ea2",
        "yellow": "#ffd23f",
        "text": "1.1875rem",
        "radius": "2px",
    }
    assert tokens.read("dark")["paper"] == "#10141a"
