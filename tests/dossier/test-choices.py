#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Choices in the workbook: what was found to be the best stands in cells that may be changed, and what rests on it is computed anew.
The pack is the invented example of the packs' manual. Prints TAP. DENGKE_CLI names the built dengke-cli.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

import openpyxl

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import recalc  # noqa: E402

DATA = os.environ.get("DK_DATA_DIR", os.path.join(HERE, "..", "..", "data"))
SHEET = "Calculation"


def make_data(folder):
    """The data of the program with one pack, that of the manual."""
    with open(os.path.join(DATA, "packs", "README.md"), encoding="utf-8") as file:
        pack = re.search(r"```yaml\n(pack: levy\n.*?)```", file.read(), re.S).group(1)
    for name in os.listdir(DATA):
        if name != "packs":
            os.symlink(os.path.abspath(os.path.join(DATA, name)), os.path.join(folder, name))
    os.mkdir(os.path.join(folder, "packs"))
    with open(os.path.join(folder, "packs", "levy.yaml"), "w", encoding="utf-8") as file:
        file.write(pack)


def export(data, path, facts):
    enterprise = path + ".json"
    with open(enterprise, "w", encoding="utf-8") as file:
        json.dump({"name": "x", "facts": facts}, file)
    subprocess.run([os.environ["DENGKE_CLI"], "export", "-o", path, "--as-of", "2026-07-15", "--lang", "en", enterprise],
                   stdout=subprocess.DEVNULL, env=dict(os.environ, DK_DATA_DIR=data), check=True)


def find_row(book, name, what):
    """The line of a rule on the calculation sheet."""
    for row in book[SHEET].iter_rows():
        if row[0].value == name and str(row[1].value).startswith(what):
            return row[0].row
    raise AssertionError("there is no line %s" % name)


def find_switch(book, row):
    """The cell behind the formulas, with the option or without one."""
    return next(cell for cell in book[SHEET][row][8:] if not str(cell.value or "").startswith("="))


def get_bounds(computed, row):
    low, high = (computed[SHEET].get("%s%d" % (column, row), "") for column in "CD")
    has = computed[SHEET].get("E%d" % row, "1")
    return None if float(has) == 0 else (round(float(low), 4), round(float(high), 4))


BASE = {"founded_on": "2015-01-01", "total_profit": {"2025": 300000}, "rd_tax": {"2025": 100000}, "has_core_product": True,
        "drafted_standard": False}
# Changes of facts, then of the switches (regime, research; None: as exported, "": emptied), and the least and most of what is payable.
CASES = [
    ("as exported", {}, (None, None), (12000, 12000)),
    ("another rate", {}, ("Tech rate", None), (21000, 21000)),
    ("both changed", {}, ("Tech rate", "Deducted with more"), (17500, 17500)),
    ("emptied: as it was found", {}, ("", ""), (12000, 12000)),
    ("decided", {"drafted_standard": True}, (None, None), (17500, 17500)),
    ("open", {"total_profit": {"2025": 400000}, "has_core_product": None}, (None, None), (24500, 38500)),
    ("open, and then chosen", {"total_profit": {"2025": 400000}, "has_core_product": None}, ("Tech rate", None), (24500, 24500)),
    ("against the law", {"has_core_product": False, "drafted_standard": True}, (None, None), None),
    ("against the law, and then chosen", {"has_core_product": False, "drafted_standard": True}, ("Plain rate", "Deducted once"), (33000, 33000)),
]


def main():
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        os.mkdir(data)
        make_data(data)
        paths, rows, stored = [], [], []
        for number, (_, changes, switches, _) in enumerate(CASES):
            path = os.path.join(folder, "book%d.xlsx" % number)
            export(data, path, {key: value for key, value in {**BASE, **changes}.items() if value is not None})
            stored.append(recalc.read(path))
            book = openpyxl.load_workbook(path)
            for name, what, option in (("levy.regime", "Rate", switches[0]), ("levy.research", "R&D", switches[1])):
                if option is not None:
                    find_switch(book, find_row(book, name, what)).value = option or None
            rows.append(find_row(book, "levy.payable", "Payable"))
            book.save(path)
            paths.append(path)
        computed = recalc.compute(paths)
        for number, (name, _, switches, wanted) in enumerate(CASES):
            found = get_bounds(computed[paths[number]], rows[number])
            problems = [] if found == wanted else ["payable is %s instead of %s" % (found, wanted)]
            if switches == (None, None):
                for place, cell in stored[number][SHEET].items():
                    if cell.formula is None:
                        continue
                    value = recalc.to_value(computed[paths[number]][SHEET].get(place, ""), cell.value)
                    if not recalc.is_same(value, cell.value):
                        problems.append("%s is stored as %s and comes to %s" % (place, cell.value, value))
            broken += bool(problems)
            print("%s %d %s" % ("not ok" if problems else "ok", number + 1, name))
            for problem in problems:
                print("# " + problem)
        print("1..%d" % len(CASES))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
