#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calculation sheets against the engine: books are recalculated as they are and after changes of their inputs, and every
formula cell must then hold what the engine computes for the changed enterprise. Prints TAP.

    test-calc.py CALC_BOOKS [SEED [RANDOM CHANGES FUNCTIONS CHANGES]]

CALC_BOOKS is the built tests/dossier/calc-books.c; DENGKE_CLI names the built dengke-cli, whose dossiers are recalculated too.
"""

import collections
import glob
import os
import re
import subprocess
import sys
import tempfile

import openpyxl

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import recalc  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get("DK_DATA_DIR", os.path.join(HERE, "..", "..", "data"))
OWN_SAMPLES = os.path.join(HERE, "..", "samples")
INPUT = re.compile("^Input")
SHEETS = re.compile("^(计算$|逐行，)")
OPEN = "待定"

# What spreadsheets of all makes and ages compute (and what older ones lack is not among it).
FUNCTIONS = set("IF AND OR NOT SUM MIN MAX ROUND INT ABS COUNT COUNTIFS SUMIFS SUMPRODUCT INDEX MATCH IFERROR ISNUMBER DATE YEAR "
                "EDATE DATEDIF LEFT TEXT".split())


def make_books(program, folder, *arguments):
    done = subprocess.run([program, folder, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True)
    notes = [line for line in done.stdout.splitlines() if line.startswith("#")]
    return [line for line in done.stdout.splitlines() if not line.startswith("#")], notes


# What a choice may be while its cell is empty: as the engine found it, which no formula can.
FOUND = re.compile(r'^IF\(IF\(\$[A-Z]+\$\d+<>"",1,0\)=1,.*,[01]\)$')


def inputs(book):
    """All that people may change, or the engine finds: the answers, and among the calculations the options of choices."""
    found = {(sheet, place): cell.value for sheet, cells in book.items() if INPUT.match(sheet) for place, cell in cells.items()}
    for sheet, cells in book.items():
        for place, cell in cells.items() if SHEETS.match(sheet) else ():
            if cell.formula is None and isinstance(cell.value, str):
                found[sheet, place] = cell.value
            elif cell.formula is not None and FOUND.match(cell.formula):
                found[sheet, place] = "=" + cell.formula
    return found


def make_edited(names, books, made, edited):
    """Each book anew, by putting the changes into the inputs of the enterprise's own. What was stored beside the formulas is gone."""
    book, now = None, None
    for name in names:
        base = re.sub(r"-\d+$", "", name)
        if name == base:
            book, now = openpyxl.load_workbook(os.path.join(made, name + ".xlsx")), inputs(books[name])
        changed = inputs(books[name])
        for sheet, place in now.keys() | changed.keys():
            if now.get((sheet, place)) != changed.get((sheet, place)):
                book[sheet][place].value = changed.get((sheet, place))
        now = changed
        book.save(os.path.join(edited, name + ".xlsx"))


def export_dossiers(folder):
    """Dossiers of the samples, without what is stored beside their formulas."""
    made = {}
    for number, sample in enumerate(sorted(glob.glob(os.path.join(DATA, "samples", "*.json")) + glob.glob(os.path.join(OWN_SAMPLES, "*.json")))):
        name = os.path.splitext(os.path.basename(sample))[0]
        path = os.path.join(folder, "dossier-%s.xlsx" % name)
        subprocess.run([os.environ["DENGKE_CLI"], "export", "-o", path, "--as-of", "2026-07-15", "--lang", ("zh", "en")[number % 2], sample],
                       stdout=subprocess.DEVNULL, check=True)
        made[path] = recalc.read(path)
        openpyxl.load_workbook(path).save(path)
    return made


# What a fact's cell cannot be read as, or what lies outside all that it can be.
ODD = {"founded_on 0": "someday", "industry 0": "Z99", "is_resident 0": "maybe", "staff 2025": -3, "st_staff 2025": "many",
       "revenue 2025": "?", "core_product_share 0": 1.5, "ip_class1 0": "none", "listed_abnormal 0": 1}


def make_odd(source, book, folder):
    """The same enterprise with such cells, and with nothing in them: two books that must come to the same."""
    paths = []
    for name, is_odd in (("odd", True), ("blank", False)):
        copy = openpyxl.load_workbook(source)
        for place, cell in book["Input"].items():
            if place[0] == "A" and cell.value in ODD:
                copy["Input"]["B" + place[1:]].value = ODD[cell.value] if is_odd else None
        paths.append(os.path.join(folder, name + ".xlsx"))
        copy.save(paths[-1])
    return paths


def compare_odd(odd, blank):
    for sheet, cells in blank.items():
        if INPUT.match(sheet):
            continue
        for place in sorted(cells.keys() | odd[sheet].keys()):
            if cells.get(place) != odd[sheet].get(place):
                yield "%s!%s is %s, not %s" % (sheet, place, odd[sheet].get(place), cells.get(place))


class Report:
    def __init__(self):
        self.n = self.n_broken = 0

    def add(self, problems, what):
        self.n += 1
        self.n_broken += bool(problems)
        print("%s %d %s" % ("not ok" if problems else "ok", self.n, what))
        for problem in problems[:40]:
            print("# " + problem)
        if len(problems) > 40:
            print("# and %d more" % (len(problems) - 40))


def compare_cells(name, computed, wanted):
    """Each formula cell against what the program stored for the changed enterprise."""
    for sheet, cells in wanted.items():
        for place, cell in cells.items():
            if cell.formula is None:
                continue
            text = computed[sheet].get(place, "")
            value = recalc.to_value(text, cell.value)
            if recalc.is_error(text):
                yield "%s %s!%s is %s: %s" % (name, sheet, place, value, cell.formula)
            elif not recalc.is_same(value, cell.value):
                yield "%s %s!%s is %r, not %r: %s" % (name, sheet, place, value, cell.value, cell.formula[:300])


def is_changed(name, books):
    """Whether the engine says anything else than before the change."""
    before = books[re.sub(r"-\d+$", "", name)]["Expected"]
    after = books[name]["Expected"]
    return {place: cell.value for place, cell in before.items()} != {place: cell.value for place, cell in after.items()}


def to_float(text):
    try:
        return float(text)
    except ValueError:
        return text


def compare_results(name, computed, expected, counts):
    """Verdicts and figures against the engine, which may know tighter bounds where one fact stands in several places."""
    results = computed["Results"]
    for place, cell in expected["Expected"].items():
        column, row = place[0], place[1:]
        rule = results["A" + row]
        mark = expected["Expected"]["E" + row].value if "E" + row in expected["Expected"] else None
        if mark == "fixed" and column in "BCD":
            counts["fixed"] += 1
            continue
        looser = mark == "looser"
        wanted = to_float(cell.value)
        value = recalc.to_value(results.get(place, ""), wanted)
        if column == "B":
            counts["verdicts"] += 1
            counts["looser"] += looser
            if value != wanted and not (looser and value == OPEN):
                yield "%s %s is %s, the engine says %s" % (name, rule, value, wanted)
        elif column in "CD":
            counts["figures"] += 1
            if recalc.is_same(value, wanted):
                continue
            if value == OPEN or (isinstance(value, float) and isinstance(wanted, float)
                                 and (value < wanted if column == "C" else value > wanted)):
                counts["wider"] += 1
                continue
            yield "%s %s %s is %r, the engine says %r" % (name, rule, "least" if column == "C" else "most", value, wanted)


def check_formulas(book):
    """What holds of the formulas themselves."""
    for sheet, cells in book.items():
        for place, cell in cells.items():
            if cell.formula is None:
                if isinstance(cell.value, float) and SHEETS.match(sheet):
                    yield "%s!%s holds a figure and no formula: %s" % (sheet, place, cell.value)
                continue
            plain = re.sub('"[^"]*"|\'[^\']*\'', "", cell.formula)
            unknown = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", plain)) - FUNCTIONS
            depth = deepest = 0
            for character in plain:
                depth += (character == "(") - (character == ")")
                deepest = max(deepest, depth)
            if unknown:
                yield "%s!%s uses %s" % (sheet, place, ", ".join(sorted(unknown)))
            if deepest > 64 or len(cell.formula) > 8000:
                yield "%s!%s is %d deep and %d long" % (sheet, place, deepest, len(cell.formula))
            # A figure of the law in a formula would be out of sight: figures have cells of their own.
            for number in re.findall(r"(?<![$A-Z0-9.E+-])\d[\d.]*(?:E[+-]?\d+)?(?![\d$A-Z(!:])", plain):
                if float(number) not in (0, 1, 2, 13, 12, 28, 1900, 9999, 1e-13, 1e9, 1e-9, 3e-15, 4, 10, 1e50, 1e100, 1e300) and not re.search(r"MATCH\(|/\d|\^", plain):
                    yield "%s!%s holds the figure %s: %s" % (sheet, place, number, cell.formula)


def main():
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20260715
    n_random, n_shipped_changes, n_functions, n_function_changes = map(int, sys.argv[3:7]) if len(sys.argv) > 6 else (3, 10, 3, 1)
    report = Report()

    with tempfile.TemporaryDirectory() as folder:
        made, edited = os.path.join(folder, "made"), os.path.join(folder, "edited")
        os.mkdir(made)
        os.mkdir(edited)
        kinds = {}
        for kind, n, changes in (("shipped", n_random, n_shipped_changes), ("functions", n_functions, n_function_changes)):
            names, notes = make_books(program, made, kind, seed, n, changes)
            for name in names:
                kinds[name] = kind
            for note in notes:
                print(note)
        books = {name: recalc.read(os.path.join(made, name + ".xlsx")) for name in kinds}
        make_edited(kinds, books, made, edited)
        dossiers = export_dossiers(folder)
        odd, blank = make_odd(os.path.join(made, "passes.xlsx"), books["passes"], edited)
        computed = recalc.compute([os.path.join(edited, name + ".xlsx") for name in kinds] + list(dossiers) + [odd, blank])

        for kind in ("shipped", "functions"):
            broken, wrong, n_cells, counts = [], [], 0, collections.Counter()
            for name in (name for name in kinds if kinds[name] == kind):
                again = computed[os.path.join(edited, name + ".xlsx")]
                broken += compare_cells(name, again, books[name])
                wrong += compare_results(name, again, books[name], counts)
                n_cells += sum(cell.formula is not None for cells in books[name].values() for cell in cells.values())
            report.add(broken, "%s: %d formula cells hold what is stored" % (kind, n_cells))
            report.add(wrong, "%s: verdicts and figures are the engine's" % kind)
            print("# %d verdicts, %d of them settled by the engine only; %d figures, %d of them wider than the engine's" %
                  (counts["verdicts"], counts["looser"], counts["figures"], counts["wider"]))
            fixed = {expected["A" + place[1:]].value for expected in (books[name]["Expected"] for name in kinds if kinds[name] == kind)
                     for place, cell in expected.items() if place[0] == "E" and cell.value == "fixed"}
            wanted = {"functions.x_nested", "functions.x_text", "functions.x_rests"} if kind == "functions" else set()
            report.add(sorted(fixed ^ wanted), "%s: formulas carry all rules but %d" % (kind, len(wanted)))
            first = next(name for name in kinds if kinds[name] == kind)
            report.add(list(check_formulas(books[first])), "%s: formulas use what every spreadsheet has" % kind)
        broken, n_cells = [], 0
        for path, book in dossiers.items():
            broken += compare_cells(os.path.basename(path), computed[path], book)
            n_cells += sum(cell.formula is not None for cells in book.values() for cell in cells.values())
        report.add(broken, "dossiers: %d formula cells hold what is stored" % n_cells)
        report.add(list(compare_odd(computed[odd], computed[blank])), "what cannot be read counts as not known")
        changed = [name for name in kinds if re.search("-[0-9]+$", name) and kinds[name] == "shipped" and is_changed(name, books)]
        n_changes = sum(kind == "shipped" and re.search("-[0-9]+$", name) is not None for name, kind in kinds.items())
        report.add([] if 2 * len(changed) >= n_changes else ["%d of %d do" % (len(changed), n_changes)], "most changes change a result")
    print("1..%d" % report.n)
    return 1 if report.n_broken else 0


sys.exit(main())
