"""Pictures of the demo city, drawn by the program: hills, houses, trees, crowds of dots. Nobody real is in them."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 800)
SKIES = (("#9fd3ff", "#eaf6ff"), ("#ffb27a", "#ffe9c7"), ("#23395d", "#8fa6cc"), ("#c8d6df", "#f6f8f9"))
GREENS = ("#2f7d4f", "#4a9a5d", "#7bb661", "#245c3c")
WALLS = ("#c84b31", "#e0a458", "#7d8ca3", "#3a506b", "#b56576")


def drawn(kind: str, seed: int, size: tuple[int, int] = SIZE) -> bytes:
    """A JPEG of a kind ("park", "street", "crowd", "stage", "river", "tower"); the same seed, the same picture."""
    chance = random.Random(seed)
    image = _sky(size, *SKIES[seed % len(SKIES)])
    DRAWERS[kind](ImageDraw.Draw(image), chance, size)
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def poster(title: str, colour: str, size: tuple[int, int] = (840, 1188)) -> bytes:
    """A PNG of a poster with a title and a place for the mark."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, size[1] - 160, 200, size[1] - 60), fill="white")
    draw.ellipse((size[0] // 2 - 200, 180, size[0] // 2 + 200, 580), fill="#ffd23f")
    draw.text((60, 700), title, fill="white", font=ImageFont.load_default(size=56))
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _sky(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    strip = Image.new("RGB", (1, 2))
    strip.putdata([_rgb(top), _rgb(bottom)])
    return strip.resize(size, Image.Resampling.BILINEAR)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _ground(draw: ImageDraw.ImageDraw, size: tuple[int, int], colour: str, height: float = 0.35) -> int:
    top = int(size[1] * (1 - height))
    draw.rectangle((0, top, *size), fill=colour)
    return top


def _park(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    top = _ground(draw, size, "#7bb661")
    draw.polygon(
        [(size[0] * 0.42, size[1]), (size[0] * 0.58, size[1]), (size[0] * 0.52, top), (size[0] * 0.49, top)], fill="#e6d9b8"
    )
    for _tree in range(16):
        x, y = chance.randrange(size[0]), chance.randrange(top - 40, size[1] - 80)
        radius = 30 + (y - top + 40) // 5
        draw.rectangle((x - radius // 8, y, x + radius // 8, y + radius), fill="#6b4a2f")
        draw.ellipse((x - radius, y - 2 * radius, x + radius, y), fill=chance.choice(GREENS))


def _street(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    top, x = _ground(draw, size, "#6c6f75", 0.25), 0
    while x < size[0]:
        width, height = chance.randrange(110, 220), chance.randrange(220, 480)
        draw.rectangle((x, top - height, x + width, top), fill=chance.choice(WALLS))
        for window_y in range(top - height + 30, top - 40, 60):
            for window_x in range(x + 20, x + width - 30, 50):
                draw.rectangle((window_x, window_y, window_x + 24, window_y + 34), fill="#ffe9a8")
        x += width
    for mark in range(0, size[0], 140):
        draw.rectangle((mark, size[1] - 100, mark + 70, size[1] - 88), fill="white")


def _crowd(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    top = _ground(draw, size, "#8a8f98", 0.5)
    for row in range(14):
        y = top + row * (size[1] - top) // 13
        for _person in range(26):
            x, radius = chance.randrange(size[0]), 7 + row
            draw.ellipse((x - radius, y - radius * 4, x + radius, y - radius * 2), fill="#e8c39e")
            draw.rounded_rectangle(
                (x - radius * 1.4, y - radius * 2, x + radius * 1.4, y + radius * 2), radius, fill=chance.choice(WALLS)
            )


def _stage(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    draw.rectangle((200, 180, size[0] - 200, 560), fill="#1f2430")
    for lamp in range(260, size[0] - 240, 120):
        colour = chance.choice(("#ffd23f", "#ee6c4d", "#7cc6fe"))
        draw.polygon([(lamp, 180), (lamp - 70, 560), (lamp + 70, 560)], fill=colour)
    draw.rectangle((160, 560, size[0] - 160, 600), fill="#5c4033")
    _crowd(draw, chance, size)


def _river(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    top = _ground(draw, size, "#4a9a5d", 0.4)
    draw.polygon([(0, size[1]), (size[0] * 0.55, size[1]), (size[0] * 0.9, top), (size[0] * 0.75, top)], fill="#3f88c5")
    draw.rectangle((0, top + 60, size[0], top + 84), fill="#7d8ca3")
    for pillar in range(80, size[0], 260):
        draw.rectangle((pillar, top + 84, pillar + 26, top + 200), fill="#5b6778")
    for _wave in range(30):
        x, y = chance.randrange(size[0] // 2), chance.randrange(top + 200, size[1])
        draw.line((x, y, x + 50, y), fill="#a9d6f5", width=4)


def _tower(draw: ImageDraw.ImageDraw, chance: random.Random, size: tuple[int, int]) -> None:
    top = _ground(draw, size, "#9aa5b1", 0.2)
    middle = size[0] // 2
    draw.polygon([(middle - 260, top), (middle + 260, top), (middle + 400, top - 260), (middle - 400, top - 260)], fill="#3a506b")
    draw.ellipse((middle - 400, top - 330, middle + 400, top - 190), fill="#5b7aa0")
    for lamp in range(middle - 340, middle + 340, 68):
        draw.ellipse((lamp, top - 250, lamp + 18, top - 232), fill=chance.choice(("#ffe9a8", "#ffd23f")))


DRAWERS = {"park": _park, "street": _street, "crowd": _crowd, "stage": _stage, "river": _river, "tower": _tower}
