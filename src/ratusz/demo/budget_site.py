"""The budget's own site in the demo: its profiles in networks, all made up."""

from __future__ import annotations

from ratusz.demo.loaders import Report
from ratusz.participation.budget.actions import save_profile
from ratusz.participation.budget.models import Profile

PROFILES = (
    ("facebook", "Budżet Obywatelski (przykład)", "https://www.facebook.example/budzet-przyklad",
     "Terminy, spotkania z autorami i to, co już stoi. Odpowiadamy w dni robocze od 7.30 do 15.30."),
    ("instagram", "@budzet.przyklad", "https://www.instagram.example/budzet.przyklad",
     "Zdjęcia zbudowanych projektów: ławki, place zabaw, zieleń. Przed i po."),
    ("youtube", "Budżet Obywatelski krok po kroku (przykład)", "https://www.youtube.example/@budzet-przyklad",
     "Krótkie filmy z napisami i w PJM: jak zgłosić projekt i jak zagłosować."),
)  # fmt: skip


def load_profiles(report: Report) -> None:
    """Three profiles on addresses that exist nowhere. Repeatable."""
    for position, (network, name, address, about) in enumerate(PROFILES):
        if not Profile.objects.filter(address=address).exists():
            report(f"profil budżetu: {network}")
            facts = {"network": network, "name": name, "address": address, "about": about, "position": position}
            save_profile(facts=facts, person=None)
