"""The marks of one person by whom everything about them is found again: invented, and like nobody else's."""

ADDRESS, NAME, NUMBER, STREET = (
    "grażyna".replace("ż", "z") + ".jedyna@example.pl",
    "Jedyna-Niepowtarzalna",
    "+48600111222",
    "ul. Jedynacka 7",
)
