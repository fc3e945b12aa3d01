"""A form with every kind of field, for the gallery and its tests."""

from typing import ClassVar

from django import forms

from ratusz.ui.forms import DateParts
from ratusz.ui.map_forms import DrawingWidget
from ratusz.ui.parts import DrawnMap, DrawnName, DrawnShape

DISTRICTS = [("", "Wybierz dzielnicę"), ("1", "Śródmieście"), ("6", "Ligota-Panewniki"), ("9", "Osiedle Tysiąclecia")]
CHANNELS = [("mail", "e-mailem"), ("letter", "listem"), ("phone", "przez telefon")]
TOPICS = [("roads", "drogi i chodniki"), ("green", "zieleń"), ("culture", "kultura i sport")]


class RemarkForm(forms.Form):
    name = forms.CharField(label="Imię i nazwisko", max_length=100)
    postcode = forms.CharField(label="Kod pocztowy", help_text="Na przykład 40-098", max_length=6)
    birthday = DateParts(label="Data urodzenia", help_text="Na przykład 15 9 1986")
    district = forms.ChoiceField(label="Dzielnica", choices=DISTRICTS)
    channel = forms.ChoiceField(label="Jak mamy odpowiedzieć?", choices=CHANNELS, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Czego dotyczy uwaga?", choices=TOPICS, widget=forms.CheckboxSelectMultiple, required=False
    )
    remark = forms.CharField(label="Twoja uwaga", max_length=500, widget=forms.Textarea, help_text="Napisz, co zmienić i dlaczego.")
    attachment = forms.FileField(label="Załącznik", required=False, help_text="PDF, DOCX, JPG albo PNG, do 10 MB")
    consent = forms.BooleanField(label="Chcę dostać wiadomość, gdy raport z konsultacji będzie gotowy", required=False)


class FilterForm(forms.Form):
    district = forms.ChoiceField(label="Dzielnica", choices=DISTRICTS, required=True)
    words = forms.CharField(label="Słowa w nazwie", required=True)


class Guarded:
    """Stands for a guarded form: its sum is signed by nobody."""

    guard: ClassVar = {"challenge": "przyklad", "bits": 12, "answer": "", "wait_seconds": 20, "trap": "id_homepage"}


class PlaceForm(forms.Form):
    place = forms.CharField(
        label="Gdzie to jest?", widget=DrawingWidget, help_text="Pokaż miejsce na mapie albo wpisz współrzędne."
    )

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        widget = self.fields["place"].widget
        widget.kinds = [("point", "Jedno miejsce"), ("line", "Linia, na przykład droga"), ("area", "Obszar")]
        widget.draw_map, widget.districts = (lambda: CITY), (lambda: DISTRICTS)
        widget.has_street = True


CITY = DrawnMap(
    width="720", height="400", west="18.9", north="50.3", scale="2200.0", squeeze="0.64",
    outlines=[("Zachodnia", "M20 20L350 30L340 380L30 370Z"), ("Wschodnia", "M350 30L700 20L690 370L340 380Z")],
    names=[DrawnName("190", "200", "Zachodnia"), DrawnName("520", "200", "Wschodnia")],
    known=[DrawnShape("Park, o którym rozmawiamy", "M420 240L520 230L540 320L430 330Z")],
)  # fmt: skip
WRONG = {"name": "", "postcode": "40098", "birthday_0": "31", "birthday_1": "2", "birthday_2": "2001", "remark": "Ławka " * 120}


def filled_wrongly() -> RemarkForm:
    form = RemarkForm(WRONG, auto_id="wrong_%s")
    form.add_error("postcode", "Wpisz kod pocztowy z kreską, na przykład 40-098.")
    return form
