#!/usr/bin/env python3
"""Stand-alone check of a published vote by numbered steps. Standard library only.

    python3 ratusz_verify.py PAKIET.zip | FOLDER                       one pool: .pb + manifest.json
    python3 ratusz_verify.py PACZKA.zip | FOLDER [--suma PLIK]…        a whole vote: log, numbers, rules, every pool

Written from the published rules of the count, not from the program that made the result, and sharing no code with it.
One long file on purpose: a resident downloads one file, reads it from the top and runs it; nothing else has to be trusted.
Exit code: 0 every check passed, 1 a check failed, 2 the bundle can't be read. Python 3.9 or later.
"""

import base64
import csv
import errno
import hashlib
import io
import json
import math
import os
import re
import struct
import sys
import zipfile
import zlib
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import permutations

FORMAT = "ratusz-bo/1"
VOTE_FORMAT = "ratusz-glosowanie/1"
LIST, SIGNATURE = "spis.json", "spis.podpis"
MOST_BYTES = 512 << 20
DRAWN = ("lot", "manual")
WINS = ("funded", "top_up", "reserve")


class Unreadable(Exception):
    """The bundle can't be checked at all."""


class Wrong(Exception):
    """A check failed; the text says what differs."""


# ---------------------------------------------------------------- reading


def open_bundle(path):
    """{name: bytes} of a folder or a ZIP file."""
    if os.path.isdir(path):
        return _read_folder(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_archive(archive)
    except OSError as error:
        raise Unreadable(f"nie da się otworzyć {path}: {_why_closed(error)}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, UnicodeError, struct.error) as error:
        raise Unreadable(f"{path} nie jest całym plikiem ZIP; pobierz pakiet jeszcze raz ze strony wyniku") from error


def _read_folder(path):
    if os.path.exists(os.path.join(path, LIST)):
        files = {}
        for folder, _, names in os.walk(path):
            for name in names:
                full = os.path.join(folder, name)
                inside = os.path.relpath(full, path).replace(os.sep, "/")
                files[inside] = _read_file(full)
        return files
    names = [n for n in sorted(os.listdir(path)) if n.endswith((".pb", ".json"))]
    return {n: _read_file(os.path.join(path, n)) for n in names}


def _read_file(path):
    return _bounded(open(path, "rb"), os.path.getsize(path))


def _read_archive(archive):
    entries = archive.infolist()
    if not any(i.filename == LIST for i in entries):
        entries = [i for i in entries if i.filename.endswith((".pb", ".json"))]
    if len({i.filename for i in entries}) != len(entries):
        # Programs that unpack differ in which of the two they show.
        raise Unreadable("w pakiecie są dwa pliki o tej samej nazwie")
    return {i.filename: _bounded(archive.open(i), sum(e.file_size for e in entries)) for i in entries}


def _why_closed(error):
    """What the system says about a path, in Polish, with what to do."""
    return {
        errno.ENOENT: "takiego pliku ani folderu nie ma; sprawdź nazwę i to, czy polecenie działa w folderze z pakietem",
        errno.EACCES: "system nie pozwala tego czytać; daj sobie prawo do odczytu",
        errno.EPERM: "system nie pozwala tego czytać; daj sobie prawo do odczytu",
        errno.ENOTDIR: "część tej ścieżki jest plikiem, a nie folderem; sprawdź, czy jest dobrze wpisana",
        errno.ENAMETOOLONG: "ta ścieżka jest za długa; sprawdź, czy jest dobrze wpisana",
    }.get(error.errno, f"system nie oddaje tego pliku (błąd nr {error.errno}); pobierz pakiet jeszcze raz")


def _bounded(stream, size):
    if size > MOST_BYTES:
        raise Unreadable(f"plik w pakiecie jest za duży ({size >> 20} MB)")
    with stream:
        return stream.read(MOST_BYTES + 1)


def sha(content):
    return hashlib.sha256(content).hexdigest()


def grosze(text):
    match = re.fullmatch(r"(\d+)(?:\.(\d{1,2})0*)?", text.strip())
    if not match:
        raise Wrong(f"„{text}” nie jest kwotą")
    return int(match.group(1)) * 100 + int((match.group(2) or "0").ljust(2, "0"))


def zlotys(amount):
    """515 650,00 zł z groszy."""
    return f"{amount / 100:,.2f} zł".replace(",", " ").replace(".", ",")


def counted(number, one, few, many):
    """1 projekt, 3 projekty, 5 projektów, 22 projekty."""
    form = one if number == 1 else few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many
    return f"{number} {form}"


def read_votes(content):
    """The .pb file: (meta, {number: row}, [[(number, points or None), …] a ballot]). Raises Wrong with the line."""
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=";", strict=True)
        return _sections(rows)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Wrong(f"plik głosów jest uszkodzony: {error}") from error


def _sections(rows):
    section, header, meta, projects, ballots, voters = None, None, {}, {}, [], set()
    for raw in rows:
        row = [cell.strip() for cell in raw]
        if not any(row):
            continue
        if row[0] in ("META", "PROJECTS", "VOTES") and not any(row[1:]):
            section, header = row[0], None
        elif header is None:
            header = row
        elif section == "META":
            meta[row[0]] = row[1]
        elif section == "PROJECTS":
            line = dict(zip(header, row))
            if line["project_id"] in projects:
                raise Wrong(f"wiersz {rows.line_num}: projekt {line['project_id']} jest drugi raz")
            projects[line["project_id"]] = line
        else:
            line = dict(zip(header, row))
            if line["voter_id"] in voters:
                raise Wrong(f"wiersz {rows.line_num}: głosujący {line['voter_id']} jest drugi raz")
            voters.add(line["voter_id"])
            ballots.append(_ballot(line, projects, rows.line_num))
    return meta, projects, ballots


def _ballot(line, projects, number):
    names = [n.strip() for n in line["vote"].split(",")] if line["vote"] else []
    points = [int(p) for p in line["points"].split(",")] if line.get("points") else [None] * len(names)
    if len(points) != len(names) or len(set(names)) != len(names) or not set(names) <= set(projects):
        raise Wrong(f"wiersz {number}: głos wymienia projekt spoza listy, dwa razy ten sam albo inną liczbę punktów")
    return list(zip(names, points))


# ---------------------------------------------------------------- rules


def exact(value):
    return Fraction(str(value))


def whole(amount, rounding):
    """An amount in grosze brought to the unit of money."""
    units = Fraction(amount) / rounding["unit"]
    if rounding["mode"] == "up":
        return math.ceil(units) * rounding["unit"]
    return math.floor(units + (Fraction(1, 2) if rounding["mode"] == "half_up" else 0)) * rounding["unit"]


def score(ballot, rules):
    """[(number, points)] of one ballot under the rules."""
    kind, vector = rules["ballot"]["type"], rules["ballot"]["scores"]
    if kind == "ranked" and all(points is None for _, points in ballot):
        return [(name, vector[place] if place < len(vector) else 0) for place, (name, _) in enumerate(ballot)]
    return [(name, 1 if points is None else points) for name, points in ballot]


def outside_limits(ballot, rules, costs, budget):
    """Whether the ballot breaks the rules' limits."""
    b, given = rules["ballot"], [points for _, points in score(ballot, rules)]
    most = 1 if b["type"] == "choose1" else b["max"]
    if len(ballot) < ((most if b["exact"] else b["min"]) or 0) or (most is not None and len(ballot) > most):
        return True
    if b["type"] == "knapsack":
        return sum(costs[name] for name, _ in ballot) > budget
    if b["type"] != "cumulative":
        return False
    too_high = b["points_per_project"] is not None and any(p > b["points_per_project"] for p in given)
    total = b["points"] is not None and (sum(given) > b["points"] or (not b["allow_unused"] and sum(given) < b["points"]))
    return too_high or total or any(p <= 0 for p in given)


def natural(number):
    return [int(part) if part.isdigit() else part for part in re.split(r"([0-9]+)", number)]


class Contest:
    """Everything the count depends on."""

    def __init__(self, manifest, projects, ballots):
        self.rules, self.budget = manifest["rules"], manifest["budget"]
        self.decisions = manifest["decisions"]
        self.cost = {number: grosze(row["cost"]) for number, row in projects.items()}
        areas = manifest.get("areas", {})
        self.place = {n: {"area": areas.get(n, ""), "category": row.get("category", "")} for n, row in projects.items()}
        self.ballots = [score(ballot, self.rules) for ballot in ballots]
        self.points, self.voters = Counter(dict.fromkeys(projects, 0)), Counter(dict.fromkeys(projects, 0))
        for ballot in self.ballots:
            for name, points in ballot:
                self.points[name] += points
                self.voters[name] += 1

    def support(self, number):
        return self.points[number] if self.rules["rank_key"] == "points" else self.voters[number]

    def threshold(self, number):
        """The support the project needs, None without a threshold."""
        kind, value = self.rules["threshold"]["kind"], exact(self.rules["threshold"]["value"])
        if kind == "none":
            return None
        if kind == "percent":
            value = value * len(self.ballots) / 100
        if kind == "cost_share":
            value = Fraction(self.cost[number] * len(self.ballots)) / (value * self.budget) if self.budget else Fraction(0)
        return math.ceil(value)

    def below(self, number):
        need = self.threshold(number)
        return need is not None and (self.points if self.rules["threshold"]["kind"] == "points" else self.voters)[number] < need

    def out_before(self):
        """{number: reason} of projects that never reach the count."""
        limit, out = self.rules["cost"], {}
        floors, caps = ([limit[kind], self._share(limit[kind + "_percent"])] for kind in ("floor", "cap"))
        for number, cost in self.cost.items():
            if number in self.decisions["withdrawn"] or cost == 99999999900:
                out[number] = "withdrawn"
            elif any(f is not None and cost < f for f in floors) or any(c is not None and cost > c for c in caps):
                out[number] = "ineligible"
        return out

    def _share(self, percent):
        """That part of the pool's money, None without a limit."""
        return None if percent is None else whole(exact(percent) * self.budget / 100, self.rules["rounding"])

    def chain_key(self, number, links):
        keys = {
            "cheaper": self.cost[number],
            "dearer": -self.cost[number],
            "more_voters": -self.voters[number],
            "earlier_number": natural(number),
        }
        return [keys[link] for link in links]

    def break_ties(self, numbers):
        """(order, [sets that only lot or manual separates and nobody decided])."""
        chain = self.rules["tie_chain"]
        cut = next((i for i, link in enumerate(chain) if link in DRAWN), len(chain))
        ranks = defaultdict(list)
        for number in numbers:
            ranks[repr(self.chain_key(number, chain[:cut]))].append(number)
        order, open_sets = [], []
        for equal in sorted(ranks.values(), key=lambda part: self.chain_key(part[0], chain[:cut])):
            decided = next((t["order"] for t in self.decisions["ties"] if set(equal) <= set(t["order"])), None)
            if len(equal) > 1 and decided:
                equal = sorted(equal, key=decided.index)
            elif len(equal) > 1:
                equal = self._drawn(equal, chain[cut:])
                if cut < len(chain):
                    open_sets.append(equal)
            order += equal
        return order, open_sets

    def _drawn(self, equal, rest):
        seed = self.decisions["seed"]
        lots = {n: sha((seed + n).encode()) for n in equal}

        def key(number):
            parts = []
            for link in rest:
                if link == "lot":
                    parts.append(lots[number])
                elif link != "manual":
                    parts += self.chain_key(number, [link])
            return parts + [natural(number)]

        return sorted(equal, key=key)

    def order(self, numbers):
        """(order of counting, sets that wait for a lot)."""
        levels = defaultdict(list)
        for number in numbers:
            levels[self.support(number)].append(number)
        order, open_sets = [], []
        for level in sorted(levels, reverse=True):
            block, drawn = self.break_ties(levels[level])
            order += block
            open_sets += drawn
        return order, open_sets

    def passed_by(self, number, funded):
        """`excluded` or `capped` when an exclusion or a full cap bars the project, else None."""
        for part in self.decisions["exclusions"]:
            if number in part["numbers"]:
                if part["mode"] == "decision" and number != part["survivor"]:
                    return "excluded"
                if any(other in part["numbers"] for other in funded):
                    return "excluded"
        for cap in self.rules["winners_caps"]:
            same = [n for n in [number, *funded] if not cap["only"] or self.place[n]["category"] == cap["only"]]
            if number in same and sum(self.place[n][cap["by"]] == self.place[number][cap["by"]] for n in same) > cap["most"]:
                return "capped"
        return None


# ---------------------------------------------------------------- the walk


def walk(contest, order, selection):
    """{number: (reason, money left before it)}: with a guarantee, repeated until every area that can has a winner."""
    promised = []
    while True:
        found = _walk_once(contest, order, selection, promised)
        more = _promise(contest, order, found, promised)
        if more is None:
            return found
        promised.append(more)


def _walk_once(contest, order, selection, promised):
    left = contest.budget - sum(contest.cost[n] for n in promised)
    reserve, stopped, funded, found = contest.decisions["reserve_funds"], False, [], {}
    for number in order:
        cost = contest.cost[number]
        if number in promised:
            funded.append(number)
            found[number] = ("funded", left + cost)
            continue
        reason = contest.passed_by(number, funded)
        before = left
        if reason is None and stopped:
            reason = "after_stop"
        if reason is None and cost <= left:
            reason, left = "funded", left - cost
        if reason is None:
            reason = "no_money"
            gap = cost - left
            if (
                selection == "stop_topup"
                and left * 100 >= exact(contest.rules["topup"]) * cost
                and (reserve is None or gap <= reserve)
            ):
                reason, left = "top_up", 0
                reserve = None if reserve is None else reserve - gap
            stopped = selection != "skip"
        if reason in WINS:
            funded.append(number)
        found[number] = (reason, before)
    return found


def _promise(contest, order, found, promised):
    limit = contest.rules["guarantee"]
    if limit is None:
        return None
    served = {contest.place[n]["area"] for n, (reason, _) in found.items() if reason in WINS}
    room = contest.budget - sum(contest.cost[n] for n in promised)
    for number in order:
        area = contest.place[number]["area"]
        free = area and area not in served and number not in promised and found[number][0] in ("no_money", "after_stop")
        if free and contest.cost[number] <= min(limit, room):
            return number
    return None


# ---------------------------------------------------------------- equal shares


class Shares:
    """Method of Equal Shares in whole numbers: all purses are numerators over one common denominator."""

    def __init__(self, contest, running, tie_order):
        self.contest, self.place = contest, {n: i for i, n in enumerate(tie_order)}
        weighted = contest.rules["ballot"]["type"] in ("cumulative", "ranked")
        usable = {n for n in running if contest.cost[n] > 0}
        kinds = Counter(
            tuple(sorted((n, p if weighted else 1) for n, p in ballot if n in usable and (p > 0 or not weighted)))
            for ballot in contest.ballots
        )
        self.times = list(kinds.values())
        self.fans = defaultdict(list)
        for group, ballot in enumerate(kinds):
            for number, weight in ballot:
                self.fans[number].append((group, weight))
        self.weight = {n: sum(self.times[g] * w for g, w in fans) for n, fans in self.fans.items()}

    def price(self, number, purses, scale):
        """λ as (numerator, weight left) over the common denominator; None when the supporters can't pay."""
        fans, cost = self.fans[number], self.contest.cost[number] * scale
        if sum(purses[g] * self.times[g] for g, _ in fans) < cost:
            return None
        common = math.lcm(*{w for _, w in fans}) if hasattr(math, "lcm") else math.prod({w for _, w in fans})
        paid, weight = 0, self.weight[number]
        for group, w in sorted(fans, key=lambda fan: purses[fan[0]] * (common // fan[1])):
            if (cost - paid) * w <= purses[group] * weight:
                break
            paid += purses[group] * self.times[group]
            weight -= w * self.times[group]
        return cost - paid, weight

    def run(self, share):
        """(numbers in order of purchase, sets of equal effective votes)."""
        scale = share.denominator
        purses, bought, ties = [share.numerator] * len(self.times), [], []
        bound = {n: Fraction(w) for n, w in self.weight.items()}
        while bound:
            best, prices = Fraction(0), {}
            for number in sorted(bound, key=bound.get, reverse=True):
                if bound[number] < best:
                    break
                price = None if self.contest.passed_by(number, bought) else self.price(number, purses, scale)
                if price is None:
                    del bound[number]
                    continue
                prices[number] = price
                bound[number] = Fraction(self.contest.cost[number] * scale * price[1], price[0])
                best = max(best, bound[number])
            if not prices:
                break
            equal = [n for n in prices if bound[n] == best]
            if len(equal) > 1:
                ties.append(frozenset(equal))
            chosen = min(equal, key=self.place.get)
            money, weight = prices[chosen]
            fans = dict(self.fans[chosen])
            purses = [max(p * weight - money * fans[g], 0) if g in fans else p * weight for g, p in enumerate(purses)]
            scale *= weight
            bought.append(chosen)
            del bound[chosen]
        return bought, ties

    def complete(self):
        """(purchases of the run that stands, all ties met)."""
        options, budget, n = self.contest.rules["mes"], self.contest.budget, len(self.contest.ballots)
        if not n:
            return [], set()
        current, ties = self.run(Fraction(budget, n))
        met, step = set(ties), budget // (n * options["unit"])
        while options["completion"] != "none":
            others = [m for m in self.fans if m not in current and self.contest.passed_by(m, current) is None]
            left = budget - sum(self.contest.cost[m] for m in current)
            if not others or (options["completion"] == "add1_exhaustive" and all(self.contest.cost[m] > left for m in others)):
                break
            step += 1
            following, ties = self.run(Fraction(step * options["unit"]))
            met |= set(ties)
            if sum(self.contest.cost[m] for m in following) > budget:
                break
            current = following
        return current, met


def equal_shares(contest, running):
    """({number: (reason, None)}, whether a drawn tie changes the winners)."""
    tie_order, open_sets = contest.break_ties(running)
    shares = Shares(contest, running, tie_order)
    bought, met = shares.complete()
    waits = False
    for tied in [t for t in met if any(len(t & set(part)) > 1 for part in open_sets)]:
        for first in tied:
            rest = [n for n in tie_order if n != first]
            rest.insert(min(rest.index(n) for n in tied if n != first), first)
            waits = waits or set(Shares(contest, running, rest).complete()[0]) != set(bought)
    funded, left = list(bought), contest.budget - sum(contest.cost[n] for n in bought)
    if contest.rules["mes"]["greedy_fill"]:
        for number in running:
            if number not in funded and contest.cost[number] <= left and contest.passed_by(number, funded) is None:
                funded.append(number)
                left -= contest.cost[number]
    found = {n: (("funded" if n in funded else contest.passed_by(n, funded) or "no_money"), None) for n in running}
    if contest.rules["mes"]["comparison"]:
        walked = walk(contest, running, "skip")
        rival = {n for n, (reason, _) in walked.items() if reason in WINS}
        gains = [sum((n in funded) - (n in rival) for n, _ in ballot) for ballot in contest.ballots]
        if sum(g < 0 for g in gains) > sum(g > 0 for g in gains):
            return walked, waits
    return found, waits


# ---------------------------------------------------------------- the count


def winners(found):
    return {n for n, (reason, _) in found.items() if reason in WINS}


def waits_for_lot(contest, order, open_sets, found):
    """Whether a set that only a lot separates would give other winners in another order."""
    for drawn in open_sets:
        inside = [n for n in drawn if n in order]
        orders = permutations(inside) if len(inside) <= 5 else _first_and_last(inside)
        at = min((order.index(n) for n in inside), default=0)
        for tried in orders:
            other = order[:at] + list(tried) + order[at + len(inside) :]
            if winners(walk(contest, other, contest.rules["selection"])) != winners(found):
                return True
    return False


def _first_and_last(numbers):
    for number in numbers:
        rest = [n for n in numbers if n != number]
        yield [number] + rest
        yield rest + [number]


def count(contest):
    """({number: (reason, left before)}, whether the result waits for a lot)."""
    out = contest.out_before()
    order, open_sets = contest.order([n for n in contest.cost if n not in out])
    running = [n for n in order if not contest.below(n)]
    if contest.rules["selection"] == "mes":
        found, waits = equal_shares(contest, running)
    else:
        found = walk(contest, running, contest.rules["selection"])
        waits = waits_for_lot(contest, running, open_sets, found)
        for number in contest.decisions["reserve"]:
            found[number] = ("reserve", found[number][1])
    found.update({n: ("below_threshold", None) for n in order if contest.below(n)})
    found.update({n: (reason, None) for n, reason in out.items()})
    return found, waits


# ---------------------------------------------------------------- checks


class Checks:
    """The numbered checks of one bundle; each raises Wrong or returns what it found."""

    def __init__(self, files):
        self.files = files

    def manifest(self):
        """Pakiet ma manifest w znanej postaci"""
        try:
            self.manifest_data = json.loads(self.files["manifest.json"].decode("utf-8"))
        except (KeyError, ValueError, RecursionError) as error:
            raise Wrong(f"brak czytelnego pliku manifest.json ({error})") from error
        if self.manifest_data.get("format") != FORMAT:
            raise Wrong("nieznana postać pakietu: {!r}".format(self.manifest_data.get("format")))
        return "SHA-256 manifestu: " + sha(self.files["manifest.json"])

    def hashes(self):
        """Pliki są tymi, które opisuje manifest (SHA-256)"""
        described = self.manifest_data["files"]
        present = {name for name in self.files if name != "manifest.json"}
        if set(described) != present:
            raise Wrong(f"pliki w pakiecie: {sorted(present)}, a w manifeście: {sorted(described)}")
        for name, facts in described.items():
            if sha(self.files[name]) != facts["sha256"]:
                raise Wrong(f"plik {name} został zmieniony po ogłoszeniu wyniku")
        return "pliki: " + ", ".join(sorted(described))

    def reading(self):
        """Plik głosów czyta się bez błędu, a liczby projektów i głosów się zgadzają"""
        names = [name for name in self.files if name.endswith(".pb")]
        if len(names) != 1:
            raise Wrong("w pakiecie powinien być jeden plik .pb")
        self.meta, self.projects, self.votes = read_votes(self.files[names[0]])
        counts = self.manifest_data["counts"]
        for what, found, told in (
            ("projektów", len(self.projects), counts["projects"]),
            ("projektów w META", int(self.meta["num_projects"]), counts["projects"]),
            ("głosów", len(self.votes), counts["ballots"]),
            ("głosów w META", int(self.meta["num_votes"]), counts["ballots"]),
            ("groszy w puli", grosze(self.meta["budget"]), self.manifest_data["budget"]),
        ):
            if found != told:
                raise Wrong(f"{what} jest {found}, a manifest mówi {told}")
        self.contest = Contest(self.manifest_data, self.projects, self.votes)
        shown = counted(len(self.projects), "projekt", "projekty", "projektów")
        return f"{shown}, " + counted(len(self.votes), "głos", "głosy", "głosów")

    def sums(self):
        """Głosy i punkty dodają się do kolumn votes i score w pliku"""
        for number, row in self.projects.items():
            for column, found in (("votes", self.contest.voters[number]), ("score", self.contest.points[number])):
                if row.get(column) and int(row[column]) != found:
                    raise Wrong(f"projekt {number}: {column} w pliku {row[column]}, z głosów {found}")
        return counted(sum(self.contest.points.values()), "punkt", "punkty", "punktów") + " razem"

    def published_sums(self):
        """Głosy i punkty są takie jak w ogłoszonym wyniku"""
        self.published = {row["number"]: row for row in self.manifest_data["result"]["projects"]}
        if set(self.published) != set(self.projects):
            raise Wrong("ogłoszony wynik wymienia inne projekty niż plik")
        for number, row in self.published.items():
            told = (row["voters"], row["points"], row["cost"])
            found = (self.contest.voters[number], self.contest.points[number], self.contest.cost[number])
            if told != found:
                raise Wrong(f"projekt {number}: ogłoszono (głosy, punkty, grosze) {told}, jest {found}")
        return ""

    def limits(self):
        """Karty mieszczą się w zasadach (albo ogłoszono, ile się nie mieści)"""
        contest = self.contest
        odd = sum(outside_limits(ballot, contest.rules, contest.cost, contest.budget) for ballot in self.votes)
        told = self.manifest_data["counts"]["outside_limits"]
        if odd != told:
            raise Wrong(f"poza zasadami karty: {counted(odd, 'głos', 'głosy', 'głosów')}, ogłoszono {told}")
        return f"poza zasadami: {odd}"

    def winning(self):
        """Ponowne liczenie daje tych samych zwycięzców"""
        self.found, self.waits = count(self.contest)
        told, found = set(self.manifest_data["result"]["winners"]), winners(self.found)
        if told != found:
            raise Wrong(f"tylko ogłoszone: {sorted(told - found)}; tylko z liczenia: {sorted(found - told)}")
        for number, row in self.projects.items():
            if row.get("selected") in ("0", "1", "3") and (row["selected"] != "0") != (number in found):
                raise Wrong(f"projekt {number}: selected w pliku {row['selected']}, z liczenia jest inaczej")
        return counted(len(found), "projekt", "projekty", "projektów") + ": " + ", ".join(self.manifest_data["result"]["winners"])

    def reasons(self):
        """Każdy projekt ma ten sam powód i tę samą kwotę, która przed nim została"""
        for number, (reason, left) in self.found.items():
            row = self.published[number]
            if row["reason"] != reason:
                raise Wrong("projekt {}: ogłoszono „{}”, z liczenia „{}”".format(number, row["reason"], reason))
            if left is not None and row["left_before"] is not None and row["left_before"] != left:
                raise Wrong("projekt {}: ogłoszono, że zostało {} gr, z liczenia {} gr".format(number, row["left_before"], left))
        return ""

    def money(self):
        """Przyznane i pozostałe pieniądze się zgadzają"""
        spent = sum(self.contest.cost[n] for n, (reason, _) in self.found.items() if reason == "funded")
        for reason, left in self.found.values():
            spent += left if reason == "top_up" else 0
        told = self.manifest_data["result"]
        if (spent, self.contest.budget - spent) != (told["spent"], told["left"]):
            raise Wrong(
                f"przyznano {spent} gr, zostało {self.contest.budget - spent} gr; ogłoszono {told['spent']} i {told['left']}"
            )
        if spent > self.contest.budget:
            raise Wrong("przyznano więcej, niż było w puli")
        return f"przyznano {zlotys(spent)}, zostało {zlotys(self.contest.budget - spent)}"

    def lots(self):
        """Żaden rozstrzygający remis nie czeka na losowanie ani decyzję"""
        if self.waits:
            raise Wrong("remis rozstrzyga o wyniku, a nie ma zapisanej decyzji")
        return ""


STEPS = ("manifest", "hashes", "reading", "sums", "published_sums", "limits", "winning", "reasons", "money", "lots")
NEEDED = ("manifest", "reading")
"""Steps without which the later ones have nothing to check."""


def run_checks(checks, say=print, steps=STEPS, needed=NEEDED):
    """Runs the numbered steps; returns the exit code."""
    failed, broken = 0, False
    for number, name in enumerate(steps, 1):
        step = getattr(checks, name)
        title = f"{number:2}. {step.__doc__}"
        if broken:
            say(f"{title}: pominięte")
            continue
        try:
            detail = step()
            say(f"{title}: dobrze" + (f" ({detail})" if detail else ""))
        except (Wrong, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, csv.Error, RecursionError) as error:
            failed += 1
            broken = name in needed
            say(f"{title}: ŹLE - {error}")
    say("Wynik potwierdzony." if not failed else f"Wyniku NIE potwierdzono: źle wypadło sprawdzeń: {failed}.")
    return 1 if failed else 0


# ---------------------------------------------------------------- a whole vote


FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
NEUTRAL = (0, 1, 1, 0)


def _add(p, q):
    """Two points of edwards25519 in extended coordinates (RFC 8032, 5.1.4)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % FIELD, (p[1] + p[0]) * (q[1] + q[0]) % FIELD
    c, d = 2 * p[3] * q[3] * CURVE % FIELD, 2 * p[2] * q[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _times(number, point):
    result = NEUTRAL
    while number:
        if number & 1:
            result = _add(result, point)
        point, number = _add(point, point), number >> 1
    return result


def _point(content):
    """The point of 32 bytes, None where there is none."""
    y = int.from_bytes(content, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= FIELD:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        return None
    x = FIELD - x if x & 1 != sign else x
    return x, y, 1, x * y % FIELD


BASE = _point((4 * pow(5, FIELD - 2, FIELD) % FIELD).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """Ed25519 as RFC 8032 writes it: no library is needed to check a signature, only to make one safely."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(commitment, _times(h, public))
    return (left[0] * right[2] - right[0] * left[2]) % FIELD == 0 and (left[1] * right[2] - right[1] * left[2]) % FIELD == 0


def canonical(plain):
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def number_of(digest):
    """The number on a receipt: 26 signs of base32 of SHA-256 of the envelope, and one that checks them."""
    signs = base64.b32encode(digest).decode()[:26]
    total = 0
    for sign in signs + "A":
        total = total << 1 ^ (0b100101 if total & 16 else 0)
        total ^= ALPHABET.index(sign)
    return signs + ALPHABET[total]


class Tree:
    """The Merkle tree of RFC 9162 that grows leaf by leaf: roots of whole parts, the largest first."""

    def __init__(self):
        self.size, self.parts = 0, []

    def add(self, leaf):
        self.size += 1
        found, rest = leaf, self.size
        while not rest & 1:
            found = hashlib.sha256(b"\x01" + self.parts.pop() + found).digest()
            rest >>= 1
        self.parts.append(found)

    def root(self):
        if not self.parts:
            return hashlib.sha256(b"").digest()
        found = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            found = hashlib.sha256(b"\x01" + part + found).digest()
        return found


DEFAULTS = {
    "ballot": {"type": "approval", "min": 1, "max": None, "exact": False, "points": None, "points_per_project": None,
               "allow_unused": True, "scores": [], "order": "number"},
    "threshold": {"kind": "none", "value": 0}, "rank_key": "voters", "selection": "skip", "topup": 80, "reserve_next": False,
    "tie_chain": ["lot"], "winners_caps": [], "guarantee": None,
    "cost": {"floor": None, "floor_percent": None, "cap": None, "cap_percent": None},
    "rounding": {"unit": 100, "mode": "half_up"},
    "mes": {"completion": "add1_exhaustive", "unit": 100, "greedy_fill": False, "comparison": False},
}  # fmt: skip
"""What rules say where they say nothing (docs/engine.md)."""


def whole_rules(given):
    """Rules with their defaults written out."""
    return {
        name: {**default, **given.get(name, {})} if isinstance(default, dict) else given.get(name, default)
        for name, default in DEFAULTS.items()
    }


DEEDS = ("drill", "open", "close", "verified", "stripped", "opened", "published")
"""Deeds of a vote in the order in which they must first stand in the log."""
OTHER_DEEDS = ("register", "declaration", "cards", "extend", "quarantine", "release", "opened again", "change")
PEOPLE = ("register", "declaration", "cards")
"""Deeds about who may vote and on what."""
TOTALS = {"roll", "envelopes", "to_count", "annulled", "superseded"}
WITHOUT_REGISTER, ALL_VOID = "address", "all_void"
LEAST = 5


class VoteChecks:
    """The numbered checks of the bundle of a whole vote."""

    def __init__(self, files, raw=None, kept=()):
        self.files, self.raw, self.kept = files, raw, kept

    def _data(self, name):
        try:
            return json.loads(self.files[name].decode("utf-8"))
        except (KeyError, ValueError, RecursionError) as error:
            raise Wrong(f"brak czytelnego pliku {name} ({error})") from error

    def manifest(self):
        """Paczka ma spis plików w znanej postaci"""
        self.spis = self._data(LIST)
        if self.spis.get("format") != VOTE_FORMAT:
            raise Wrong("nieznana postać paczki: {!r}".format(self.spis.get("format")))
        self.key = bytes.fromhex(self.spis["public_key"])
        return "SHA-256 spisu: " + sha(self.files[LIST])

    def signature(self):
        """Spis jest podpisany (Ed25519)"""
        text = self.files.get(SIGNATURE, b"").decode("ascii")
        if text != text.strip() + "\n" or text != text.lower():
            raise Wrong("plik podpisu jest zmieniony")
        if not is_signed(self.key, f"ratusz-voting-bundle 1|{sha(self.files[LIST])}".encode(), bytes.fromhex(text.strip())):
            raise Wrong("podpis nie pasuje do spisu: ktoś zmienił spis, podpis albo klucz")
        return "klucz publiczny: " + self.key.hex() + "; porównaj go ze stroną głosowania"

    def hashes(self):
        """Pliki są tymi, które opisuje spis (SHA-256)"""
        described = self.spis["files"]
        present = set(self.files) - {LIST, SIGNATURE}
        if set(described) != present:
            raise Wrong(f"tylko w spisie: {sorted(set(described) - present)}; tylko w paczce: {sorted(present - set(described))}")
        changed = [name for name, facts in described.items() if sha(self.files[name]) != facts["sha256"]]
        if changed:
            raise Wrong("zmienione po ogłoszeniu: " + ", ".join(sorted(changed)))
        return counted(len(described), "plik", "pliki", "plików")

    def archive(self):
        """W pliku ZIP nie ma niczego poza tymi plikami"""
        if self.raw is None:
            return "nie dotyczy: sprawdzany jest folder"
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as again:
            for name in sorted(self.files):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                again.writestr(entry, self.files[name])
        if target.getvalue() != self.raw:
            raise Wrong("plik ZIP różni się od tego, który powstaje z tych samych plików; pobierz go jeszcze raz")
        return "SHA-256 pliku: " + sha(self.raw)

    def log(self):
        """Dziennik: każdy wiersz czyta się i ma swoje miejsce w łańcuchu"""
        text = self.files["dziennik/wpisy.txt"].decode("utf-8")
        lines = text.split("\n")
        if lines.pop() != "":
            raise Wrong("ostatni wiersz dziennika jest ucięty")
        self.entries = []
        self.tree_at = {0: (hashlib.sha256(b"").digest(), bytes(32))}
        self.heads = self._data("dziennik/sumy.json")
        sizes, tree, link = {head["size"] for head in self.heads}, Tree(), bytes(32)
        for place, line in enumerate(lines):
            entry = json.loads(line)
            if canonical(entry).decode("utf-8") != line:
                raise Wrong(f"wiersz {place} nie jest w postaci, w której się go podpisuje")
            if entry["kind"] not in ("envelope", "superseded", "annulment", "deed", "setting"):
                raise Wrong(f"wiersz {place} jest nieznanego rodzaju: {entry['kind']}")
            leaf = hashlib.sha256(b"\x00" + line.encode("utf-8")).digest()
            tree.add(leaf)
            link = hashlib.sha256(link + leaf).digest()
            self.entries.append(entry)
            if tree.size in sizes:
                self.tree_at[tree.size] = (tree.root(), link)
        return counted(len(lines), "wiersz", "wiersze", "wierszy")

    def heads_of_log(self):
        """Podpisane sumy pasują do dziennika (drzewo z RFC 9162, łańcuch, podpisy)"""
        if not self.heads or self.heads[-1]["size"] != len(self.entries):
            raise Wrong("ostatnia podpisana suma nie obejmuje całego dziennika")
        before = 0
        for head in self.heads:
            name = f"suma z {head['signed_at']}"
            if head["vote"] != self.spis["about"]["vote"] or bytes.fromhex(head["public_key"]) != self.key:
                raise Wrong(f"{name} jest z innego głosowania albo pod innym kluczem")
            if head["size"] < before or head["size"] not in self.tree_at:
                raise Wrong(f"{name} obejmuje więcej wierszy, niż jest w dzienniku, albo mniej niż wcześniejsza")
            root, link = self.tree_at[head["size"]]
            if (head["root"], head["link"]) != (root.hex(), link.hex()):
                raise Wrong(f"{name} nie pasuje do pierwszych {head['size']} wierszy: wiersz zmieniono, dodano albo usunięto")
            said = f"ratusz-voting-head 1|{head['vote']}|{head['size']}|{head['root']}|{head['signed_at']}"
            if not is_signed(self.key, said.encode(), bytes.fromhex(head["signature"])):
                raise Wrong(f"{name}: podpis nie pasuje")
            before = head["size"]
        return counted(len(self.heads), "suma", "sumy", "sum")

    def second_party(self):
        """Sumy zapisane u innych są w paczce"""
        if not self.kept:
            return "nie podano; podaj je przez --suma PLIK"
        known = {(head["size"], head["root"]) for head in self.heads}
        for name, head in self.kept:
            if (head["size"], head["root"]) not in known:
                raise Wrong(f"{name}: takiej sumy nie ma w paczce; dziennik zmieniono po jej zapisaniu")
        return counted(len(self.kept), "suma", "sumy", "sum")

    def frozen(self):
        """Zasady, karta i lista projektów są tymi, które zamrożono przed pierwszym głosem"""
        first = next((i for i, e in enumerate(self.entries) if e["kind"] == "envelope"), len(self.entries))
        self.settings = {e["name"]: e["value"] for e in self.entries[:first] if e["kind"] == "setting"}
        # Limits of the search for odd ballots annul nothing by themselves and may be set later.
        late = [e["name"] for e in self.entries[first:] if e["kind"] == "setting" and e["name"] != "anomaly_limits"]
        if late:
            raise Wrong("ustawienie zmieniono po pierwszym głosie: " + ", ".join(late))
        for name, file in (("ballot", "zasady/karta.json"), ("rules", "zasady/zasady.json"), ("ballot_list", "zasady/lista.json")):
            told = self.settings.get(name, "")
            if (file in self.files) != bool(told) or (told and sha(self.files[file]) != told):
                raise Wrong(f"plik {file} nie jest tym, którego skrót stoi w dzienniku")
        if "rules" not in self.settings or not self.settings["rules"]:
            raise Wrong("w dzienniku nie ma skrótu zasad")
        if self.settings.get("version") != self.spis["about"]["version_of_vote"]:
            raise Wrong("wersja programu w dzienniku jest inna niż w spisie")
        return f"komisja: {self.settings.get('committee')}, wersja programu {self.settings.get('version')}"

    def course(self):
        """Przebieg: próba klucza, otwarcie, zamknięcie, weryfikacja, oddzielenie kopert, otwarcie głosów, ogłoszenie"""
        self.deeds = [e for e in self.entries if e["kind"] == "deed"]
        names = [e["deed"] for e in self.deeds]
        unknown = set(names) - {*DEEDS, *OTHER_DEEDS}
        if unknown:
            raise Wrong("nieznana czynność: " + ", ".join(sorted(unknown)))
        firsts = [names.index(name) for name in DEEDS if name in names]
        if len(firsts) != len(DEEDS) or firsts != sorted(firsts):
            raise Wrong("czynności nie są wszystkie albo stoją w innej kolejności: " + ", ".join(names))
        for name in ("open", "verified", "stripped", "opened"):
            if names.count(name) != 1:
                raise Wrong(f"czynność „{name}” jest {names.count(name)} razy")
        self._places()
        return counted(len(names), "czynność", "czynności", "czynności") + self._people()

    def _places(self):
        """What may stand between which deeds."""
        at = defaultdict(list)
        for place, entry in enumerate(self.entries):
            kind = entry["kind"]
            at[entry["deed"] if kind == "deed" else entry["name"] if kind == "setting" else kind].append(place)
        opened, closed, verified = at["open"][0], at["close"][-1], at["verified"][0]
        if at["public_key"] and not any(at["public_key"][-1] < drill < opened for drill in at["drill"]):
            raise Wrong("klucza, którym otwarto głosowanie, nie wypróbowano przed otwarciem")
        for names, first, last, words in (
            (("envelope", "superseded"), opened, verified, "koperta jest w dzienniku przed otwarciem albo po weryfikacji"),
            (
                ("annulment", "quarantine", "release"),
                opened,
                verified,
                "głos rozpatrzono przed otwarciem albo po weryfikacji",
            ),
            (PEOPLE, -1, closed, "rejestr głosujących albo karty zmieniono po zamknięciu"),
            (("extend",), opened, verified, "przedłużenie stoi przed otwarciem albo po weryfikacji"),
            (("close",), opened, verified, "zamknięcie stoi przed otwarciem albo po weryfikacji"),
            (("opened again", "change", "published"), at["opened"][0], len(self.entries), "wynik jest sprzed otwarcia głosów"),
        ):
            if any(not first < place < last for name in names for place in at[name]):
                raise Wrong(words)

    def _people(self):
        """The register grows by what the log says, and cards are numbered without gaps; returns the words about it."""
        register, declarations, cards = ([e for e in self.deeds if e["deed"] == name] for name in PEOPLE)
        added = sum(e["added"] for e in register) + len(declarations)
        self.people = max((e["people"] for e in register + declarations), default=0)
        closed = max(place for place, e in enumerate(self.entries) if e.get("deed") == "close")
        late = sum(e["kind"] == "envelope" for e in self.entries[closed:])
        if added != self.people:
            raise Wrong(f"w rejestrze głosujących jest osób {self.people}, a dziennik mówi o dopisaniu {added}")
        last = 0
        for first, end in sorted((e["first"], e["last"]) for e in cards):
            if first != last + 1 or end < first:
                raise Wrong(f"karty papierowe: po numerze {last} stoi {first}")
            last = end
        self.cards = last
        if late > self.cards:
            raise Wrong(f"po zamknięciu przybyło kopert {late}, a kart papierowych wydano {self.cards}")
        said = f", osób w rejestrze {self.people}" if self.people else ""
        return said + (f", wydanych kart papierowych {last}" if last else "")

    def numbers(self):
        """Lista numerów zgadza się z dziennikiem: każda koperta, każde unieważnienie"""
        rows = csv.reader(io.StringIO(self.files["numery.csv"].decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
        if next(rows, None) != ["numer", "stan", "przyczyna"]:
            raise Wrong("numery.csv ma inny nagłówek")
        told = [tuple(row) for row in rows]
        found = {}
        for kind in ("envelope", "superseded", "annulment"):
            for entry in self.entries:
                if entry["kind"] != kind:
                    continue
                digest = entry["sha256"]
                if kind == "envelope" and digest in found:
                    raise Wrong(f"koperta {digest[:12]}… jest w dzienniku dwa razy")
                if kind != "envelope" and found.get(digest) != ("counted", ""):
                    raise Wrong(f"dziennik mówi dwa razy, co stało się z kopertą {digest[:12]}…, albo jej nie zna")
                found[digest] = {
                    "envelope": ("counted", ""), "superseded": ("superseded", ""), "annulment": ("annulled", entry.get("reason")),
                }[kind]  # fmt: skip
        expected = sorted((number_of(bytes.fromhex(digest)), *end) for digest, end in found.items())
        if told != expected:
            odd = sorted(set(told) ^ set(expected))[:3]
            raise Wrong(f"lista numerów i dziennik się różnią, np. {odd}; kolejność ma być według numerów")
        self.ends = Counter(end for end, _ in found.values())
        if self.ends["superseded"] and self.settings.get("double_vote") == "first":
            raise Wrong("zastąpiono głosy, choć według zasad pierwszy głos jest ostateczny")
        by_rules = [e for e in self.entries if e["kind"] == "annulment" and e["reason"] == "second_ballot"]
        if by_rules and self.settings.get("double_vote") != ALL_VOID:
            raise Wrong("głosy unieważniono przez drugi głos, choć zasady tego nie mówią")
        return counted(len(told), "numer", "numery", "numerów")

    def sums(self):
        """Uzgodnienie: spis głosujących = koperty = policzone + unieważnione"""
        said = {e["deed"]: e for e in self.deeds}
        totals, stripped, opened = said["verified"], said["stripped"]["envelopes"], said["opened"]["ballots"]
        live, self.opened = self.ends["counted"] + self.ends["annulled"], said["opened"]["pools"]
        self.to_count = self.ends["counted"]
        for what, one, other in (
            ("koperty w dzienniku i w weryfikacji", live, totals["envelopes"]),
            ("spis głosujących i koperty", totals["roll"], totals["envelopes"]),
            ("unieważnione", self.ends["annulled"], totals["annulled"]),
            ("zastąpione", self.ends["superseded"], totals["superseded"]),
            ("do policzenia", self.to_count, totals["to_count"]),
            ("oddzielone koperty", self.to_count, stripped),
            ("otwarte głosy (nieotwartych ma być 0)", self.to_count, opened),
        ):
            if one != other:
                raise Wrong(f"{what}: {one} i {other}")
        if self.people and self.settings.get("identity") != WITHOUT_REGISTER and totals["roll"] > self.people:
            raise Wrong(f"głosowało osób {totals['roll']}, a w rejestrze jest {self.people}")
        self.tables = self._data("statystyka.json")
        told = self.tables["sums"]
        if set(told["totals"]) != TOTALS or any(told["totals"][name] != totals[name] for name in TOTALS):
            raise Wrong("sumy w statystyce są inne niż w dzienniku")
        for part, words in (("channel", "którymś sposobie głosowania"), ("district", "którejś dzielnicy")):
            self._table("sums", [row[1] for row in told[part]], totals["roll"])
            if any(roll != envelopes for _names, roll, envelopes in told[part]):
                raise Wrong(f"w {words} spis i koperty się różnią")
        if (told.get("people") or {}).get("all", self.people) != self.people or bool(told.get("people")) != bool(self.people):
            raise Wrong("osób w rejestrze jest w statystyce inaczej niż w dzienniku")
        if self.people:
            self._table("sums", [people for _names, people in told["people"]["district"]], self.people)
        said = "spis {roll}, koperty {envelopes}, unieważnione {annulled}, policzone {to_count}".format(**totals)
        return said + (f", frekwencja {100 * totals['roll'] / self.people:.1f}%".replace(".", ",") if self.people else "")

    def statistics(self):
        """Statystyka dodaje się do policzonych głosów i nie pokazuje grup mniejszych niż 5 osób"""
        for name in ("channel", "district", "day", "hour", "age"):
            self._table(name, [row[1] for row in self.tables[name]["rows"]], self.to_count)
        paper = sum(count for names, count in self.tables["channel"]["rows"] if names == ["paper"])
        if paper > self.cards:
            raise Wrong(f"głosów na kartach papierowych policzono {paper}, a kart wydano {self.cards}")
        rows = self.tables["district_age"]["rows"]
        self._table("district_age", [row[1] for row in rows], self.to_count)
        for names, number, bands in rows:
            if bands and (sum(bands.values()) != number or min(bands.values()) < LEAST):
                raise Wrong(f"wiek w dzielnicy {', '.join(names)}: suma albo grupa się nie zgadza")
        parts = self.tables["parts"]
        if sum(parts.values()) != self.to_count:
            raise Wrong("części karty nie dodają się do policzonych głosów")
        return f"obie części {parts['both']}, tylko lokalna {parts['local']}, tylko ogólnomiejska {parts['city']}"

    def _table(self, name, numbers, total):
        """A table leaves nobody out; it is empty only where everybody together would be a small group."""
        if bool(numbers) != (self.to_count >= LEAST) or (numbers and (sum(numbers) != total or min(numbers) < LEAST)):
            least = min(numbers, default=0)
            raise Wrong(f"tabela {name}: suma {sum(numbers)}, a ma być {total}; najmniejsza grupa {least}")

    def pools(self):
        """Pule mają zasady, pieniądze, projekty i koszty z zamrożonej karty, a kart jest tyle, ile otwarto"""
        self.by_pool = defaultdict(dict)
        for name, content in self.files.items():
            if name.startswith("pule/"):
                _, slug, file = name.split("/")
                self.by_pool[slug][file] = content
        card = self._data("zasady/karta.json")
        rules = {pool["code"]: pool for pool in self._data("zasady/zasady.json")["pools"]}
        frozen = self._data("zasady/lista.json") if self.settings.get("ballot_list") else {"pools": []}
        lists = {pool["code"]: pool for pool in frozen["pools"]}
        self.manifests, ballots = {}, Counter()
        for slug, files in self.by_pool.items():
            manifest = json.loads(files["manifest.json"].decode("utf-8"))
            code = manifest["about"]["pool"]
            if code in self.manifests or code not in card or code not in rules:
                raise Wrong(f"pula {code} jest dwa razy albo nie ma jej na karcie")
            self.manifests[code] = slug, manifest
            self._one_pool(code, manifest, card[code], rules[code], lists.get(code), frozen.get("lots", ""))
            if manifest["counts"]["ballots"] != self.opened[code]:
                raise Wrong(f"pula {code}: kart jest {manifest['counts']['ballots']}, a otwarto {self.opened[code]}")
            ballots["city" if card[code]["level"] == "city" else "local"] += manifest["counts"]["ballots"]
        if set(self.manifests) != set(card):
            raise Wrong("brakuje puli: " + ", ".join(sorted(set(card) - set(self.manifests))))
        parts = self.tables["parts"]
        if ballots["city"] != parts["both"] + parts["city"] or ballots["local"] < parts["both"] + parts["local"]:
            raise Wrong(f"kart w pulach: {dict(ballots)}, części karty: {parts}")
        return counted(len(self.manifests), "pula", "pule", "pul")

    def _one_pool(self, code, manifest, card, rules, listed, seed):
        if canonical(manifest["rules"]) != canonical(whole_rules(rules["rules"])) or manifest["rules"]["ballot"] != card["rule"]:
            raise Wrong(f"pula {code}: zasady liczenia są inne niż zamrożone")
        if not manifest["budget"] == card["budget"] == rules["grosze"]:
            raise Wrong(f"pula {code}: pieniądze są inne niż zamrożone")
        told = {row["number"]: row["cost"] for row in manifest["result"]["projects"]}
        if told != {number: cost for number, cost, _ in card["projects"]}:
            raise Wrong(f"pula {code}: projekty albo koszty są inne niż na zamrożonej karcie")
        changes = sorted((e for e in self.deeds if e["deed"] == "change" and e["pool"] == code), key=lambda e: e["place"])
        decisions = manifest["decisions"]
        if set(decisions["withdrawn"]) != {e["project"] for e in changes if e["change"] == "withdrawn"}:
            raise Wrong(f"pula {code}: wycofane projekty są inne niż zapisane w dzienniku")
        if [t["order"] for t in decisions["ties"]] != [e["order"] for e in reversed(changes) if e["change"] == "decided"]:
            raise Wrong(f"pula {code}: rozstrzygnięcia remisów są inne niż zapisane w dzienniku")
        exclusions = decisions["exclusions"]
        if sorted(sorted(p["numbers"]) for p in exclusions) != sorted(map(sorted, listed["exclusions"] if listed else [])):
            raise Wrong(f"pula {code}: projekty wykluczające się są inne niż na zamrożonej liście")
        if any(p["mode"] == "decision" or p.get("survivor") for p in exclusions):
            raise Wrong(f"pula {code}: o projektach wykluczających się rozstrzyga liczba głosów, a nie wybór Urzędu")
        if decisions["seed"] != seed:
            raise Wrong(f"pula {code}: ziarno losowania jest inne niż zamrożone przed głosowaniem")
        if decisions["reserve_funds"] is not None or decisions["reserve"]:
            raise Wrong(f"pula {code}: wynik korzysta z pieniędzy spoza puli")

    def counts(self):
        """Każdą pulę policzono ponownie i wyszło to samo"""
        for code, (slug, _) in sorted(self.manifests.items()):
            said = []
            if run_checks(Checks(self.by_pool[slug]), said.append):
                raise Wrong(f"pula {code}: " + next(line for line in said if "ŹLE" in line).strip())
        return counted(len(self.manifests), "pula", "pule", "pul")

    def result(self):
        """Ogłoszony wynik jest tym z dziennika i tym z liczenia"""
        content = self.files["wynik.json"]
        told = [e["result"] for e in self.deeds if e["deed"] == "published"][-1]
        if sha(content) != told:
            raise Wrong("wynik.json nie jest tym, którego skrót stoi w dzienniku przy ogłoszeniu")
        published = json.loads(content.decode("utf-8"))
        if set(published) != set(self.manifests):
            raise Wrong("wynik wymienia inne pule")
        for code, (_, manifest) in self.manifests.items():
            self._result_of_pool(code, published[code], manifest)
        return "SHA-256 wyniku: " + told

    def _result_of_pool(self, code, told, manifest):
        result = manifest["result"]
        if (told["spent"], told["left"], told["budget"], told["ballots"]) != (
            result["spent"], result["left"], manifest["budget"], manifest["counts"]["ballots"],
        ):  # fmt: skip
            raise Wrong(f"pula {code}: pieniądze albo liczba kart w wyniku są inne")
        found = {row["number"]: (row["reason"], row["points"], row["voters"]) for row in result["projects"]}
        if {row["number"]: (row["outcome"], row["points"], row["voters"]) for row in told["projects"]} != found:
            raise Wrong(f"pula {code}: projekty w wyniku są inne niż z liczenia")
        due = {row["number"]: row["left_before"] if row["reason"] == "top_up" else row["cost"] for row in result["projects"]}
        paid = {row["number"]: due[row["number"]] if row["outcome"] in ("funded", "top_up") else 0 for row in told["projects"]}
        if {row["number"]: row["paid"] for row in told["projects"]} != paid or sum(paid.values()) != told["spent"]:
            raise Wrong(f"pula {code}: kwoty przyznane projektom nie dodają się do wydanych pieniędzy")

    def program(self):
        """Wersja i części programu są opisane"""
        sbom, about = self._data("program/sbom.json"), self.spis["about"]
        if sbom.get("bomFormat") != "CycloneDX" or sbom["metadata"]["component"]["version"] != about["version"]:
            raise Wrong("lista części programu nie jest w znanej postaci albo jest innej wersji")
        with open(os.path.abspath(__file__), "rb") as own:
            same = self.files.get("program/ratusz_verify.py") == own.read()
        shown = counted(len(sbom["components"]), "część", "części", "części")
        if about["version"] != about["version_of_vote"]:
            shown += f"; głosowano w wersji {about['version_of_vote']}, tę paczkę zrobiła wersja {about['version']}"
        return shown + ("" if same else "; w paczce jest inna wersja programu sprawdzającego niż ta, którą uruchomiono")


VOTE_STEPS = (
    "manifest", "signature", "hashes", "archive", "log", "heads_of_log", "second_party", "frozen", "course", "numbers", "sums",
    "statistics", "pools", "counts", "result", "program",
)  # fmt: skip
VOTE_NEEDED = ("manifest", "log", "course", "numbers", "sums", "pools")


def read_head(path):
    """(name, head) of a file that a second party kept."""
    try:
        with open(path, "rb") as file:
            head = json.loads(file.read(1 << 20).decode("utf-8"))
        return os.path.basename(path), {"size": int(head["size"]), "root": str(head["root"])}
    except OSError as error:
        raise Unreadable(f"nie da się otworzyć {path}: {_why_closed(error)}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path} nie jest zapisaną sumą dziennika") from error


def verify(path, say=print, heads=()):
    """Checks the bundle in a folder or ZIP file; returns the exit code."""
    try:
        files = open_bundle(path)
        kept = [read_head(head) for head in heads]
        raw = None
        if LIST in files and not os.path.isdir(path):
            with open(path, "rb") as file:
                raw = file.read()
    except (Unreadable, OSError) as error:
        say(f"Nie można sprawdzić: {error}")
        return 2
    if LIST in files:
        return run_checks(VoteChecks(files, raw, kept), say, VOTE_STEPS, VOTE_NEEDED)
    return run_checks(Checks(files), say)


def main(arguments):
    """The command line; returns the exit code."""
    paths, heads = list(arguments), []
    while "--suma" in paths[:-1]:
        place = paths.index("--suma")
        heads.append(paths[place + 1])
        del paths[place : place + 2]
    if len(paths) != 1 or paths[0].startswith("-"):
        print("Użycie: python3 ratusz_verify.py PAKIET.zip albo FOLDER [--suma PLIK]")
        print("--suma: suma dziennika, którą zapisano w czasie głosowania (można podać kilka razy).")
        print("Kod wyjścia: 0 wynik potwierdzony, 1 niepotwierdzony, 2 nie da się sprawdzić.")
        return 2
    return verify(paths[0], heads=heads)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
