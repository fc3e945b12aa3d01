"""Roman numerals both ways: numbers of resolutions, sessions, chapters and council terms."""

_VALUES = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def to_roman(number: int) -> str:
    """The Roman numeral of 1 to 3999; ValueError beyond."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    numeral = ""
    for value, letters in _VALUES:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def from_roman(numeral: str) -> int:
    """The number of a Roman numeral in either case; ValueError for anything not written the one correct way ("IIII", "VX")."""
    letters, number, rest = numeral.strip().upper(), 0, numeral.strip().upper()
    for value, part in _VALUES:
        while rest.startswith(part):
            number, rest = number + value, rest[len(part) :]
    if rest or not 1 <= number <= 3999 or to_roman(number) != letters:
        raise ValueError(f"{numeral!r} is no Roman numeral")
    return number
