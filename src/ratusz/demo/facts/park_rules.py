"""Rules of a park that does not exist and what made-up people say of them."""

FIRST = (
    "Rozdział 1. Przepisy ogólne",
    "§ 1. Park Przykładowy jest otwarty codziennie od godziny 6.00 do 22.00.",
    "§ 2. Z parku korzysta się tak, żeby nie przeszkadzać innym i nie niszczyć roślin.",
    "Rozdział 2. Psy, ogniska, rowery",
    "§ 3. Psy wprowadza się na smyczy. Na ogrodzonym wybiegu pies może biegać luzem.",
    "§ 4. Ognisko wolno rozpalić tylko w kamiennym kręgu przy altanie, po zgłoszeniu opiekunowi parku.",
    "§ 5. Rowerem i hulajnogą jeździ się po alejkach głównych, nie szybciej niż 10 km na godzinę.",
    "§ 6. Koncerty i inne głośne wydarzenia kończą się o godzinie 21.00.",
    "Rozdział 3. Zieleń i porządek",
    "§ 7. Drzewa wycina się tylko wtedy, gdy zagrażają ludziom; za każde sadzi się dwa nowe.",
    "§ 8. Kosze opróżnia się co najmniej raz dziennie, a w weekendy dwa razy.",
)
SECOND = (
    "Rozdział 1. Przepisy ogólne",
    "§ 1. Park Przykładowy jest otwarty codziennie od godziny 5.00 do 23.00.",
    "§ 2. Z parku korzysta się tak, żeby nie przeszkadzać innym i nie niszczyć roślin.",
    "Rozdział 2. Psy i rowery",
    "§ 3. Psy wprowadza się na smyczy. Na ogrodzonym wybiegu pies może biegać luzem.",
    "§ 5. Rowerem i hulajnogą jeździ się po alejkach głównych, nie szybciej niż 10 km na godzinę. Dzieci jeżdżą wszędzie.",
    "§ 6. Koncerty i inne głośne wydarzenia kończą się o godzinie 21.00.",
    "Rozdział 3. Zieleń i porządek",
    "§ 7. Drzewa wycina się tylko wtedy, gdy zagrażają ludziom; za każde sadzi się trzy nowe.",
    "§ 8. Kosze opróżnia się co najmniej raz dziennie, a w weekendy dwa razy.",
    "§ 9. Przy każdym wejściu stoi tablica z mapą parku i numerem do opiekuna.",
)
WHAT_CHANGES = (
    "Po pierwszych uwagach: park otwarty dłużej, ogniska zakazane, dzieci jeżdżą swobodniej, trzy drzewa za jedno. "
    "Uwagi do wykreślonego paragrafu o ogniskach zostają i dostaną odpowiedź."
)
CAMPAIGN = (
    "Wnosimy o park otwarty całą dobę. Latarnie już stoją, a zamknięte bramy każą nadkładać drogi ludziom wracającym z nocnej "
    "zmiany. Kto chce wejść, i tak przechodzi przez płot. Prosimy o próbę przez jedno lato i o policzenie szkód."
)
REMARKS = (
    (2, "Zamykanie parku o 22.00 jest za wczesne, latem wtedy dopiero robi się chłodno."),
    (2, "Popieram zamykanie na noc. Bez tego pod oknami będą libacje do rana."),
    (2, "Otwarcie o 6.00 to za późno dla biegaczy, zaczynamy o 5.00."),
    (5, "Wybieg dla psów jest za mały i bez wody. Proszę o poidełko i drzewa dające cień."),
    (5, "Smycz powinna być obowiązkowa także na wybiegu, boję się o dziecko."),
    (5, "Jestem za wybiegiem, ale ogrodzenie musi być wyższe, mój pies przeskakuje metr."),
    (5, "Brakuje koszy na psie odchody i torebek przy wejściu."),
    (5, "Nie chcę psów w parku w ogóle, trawnik przy placu zabaw jest zabrudzony."),
    (6, "Ogniska są potrzebne harcerzom i szkołom, proszę ich nie zakazywać."),
    (6, "Zakaz ognisk to dobry pomysł, dym leci prosto w okna bloków."),
    (6, "Jeden krąg nie wystarczy na całą dzielnicę. Proponuję trzy, z zapisami przez internet."),
    (7, "Rowerzyści pędzą po alejkach. Ograniczenie do 10 km na godzinę popieram."),
    (7, "10 km na godzinę to absurd, rower się wtedy przewraca. Wydzielcie pas rowerowy."),
    (7, "Hulajnogi powinny mieć zakaz wjazdu, potrąciły już dwie osoby."),
    (7, "Dzieci uczą się jeździć na bocznych alejkach, pozwólcie im na to."),
    (8, "Koncerty do 21.00 to rozsądny kompromis, dziękuję."),
    (8, "Basy słychać w całej dzielnicy. Proszę o pomiar hałasu i limit decybeli."),
    (8, "Wydarzenia kończyłbym o 20.00, bo dzieci idą spać."),
    (10, "Dwa drzewa za jedno stare to za mało. Stuletnia lipa daje więcej cienia niż dziesięć patyków."),
    (10, "Proszę o łąkę kwietną zamiast koszonego trawnika i o budki dla ptaków."),
    (10, "Kto będzie podlewał nowe drzewa w czasie suszy? Dopiszcie to do regulaminu."),
    (10, "Korzenie kasztanowców niszczą chodnik, wycinka dwóch z nich jest konieczna."),
    (11, "Kosze są przepełnione w każdą niedzielę, dwa opróżnienia to minimum."),
    (11, "Proszę o kosze do segregacji: szkło i plastik osobno."),
    (11, "Mieszkam przy ul. Przykładowej 5/7 i śmieci z parku wiatr niesie do nas na podwórko."),
    (0, "W regulaminie nie ma nic o ławkach, a starsi ludzie nie mają gdzie usiąść."),
    (0, "Ławki powinny mieć oparcia i podłokietniki, inaczej trudno z nich wstać."),
    (0, "Toaleta w parku jest zamknięta po 18.00. Proszę o dłuższe godziny."),
    (0, "Alejka od strony szkoły jest zupełnie ciemna, potrzebne są dwie latarnie."),
    (0, "Oświetlenie nad stawem szkodzi nietoperzom, niech gaśnie o północy."),
)
