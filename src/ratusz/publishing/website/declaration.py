"""The fixed wording of the accessibility declaration (technical conditions v2.0 of 31 July 2024, art. 12 pkt 7 of the act)."""

_ACT = "ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych"

# Published declarations after v2.0 have these words; the third sentence is built like them: compare it with the official text.
STATUS_SENTENCES = {
    "full": f"Strona internetowa jest w pełni zgodna z załącznikiem do {_ACT}.",
    "partial": f"Strona internetowa jest częściowo zgodna z załącznikiem do {_ACT} "
    "z powodu niezgodności lub wyłączeń wymienionych poniżej.",
    "none": f"Strona internetowa jest niezgodna z załącznikiem do {_ACT}. Niezgodności lub wyłączenia wymieniono poniżej.",
}
REQUIRED_IDS = (
    "a11y-wstep", "a11y-podmiot", "a11y-zakres", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status",
    "a11y-kontakt", "a11y-email", "a11y-telefon", "a11y-procedura", "a11y-data-sporzadzenie", "a11y-architektura",
    "a11y-komunikacja",
)  # fmt: skip
