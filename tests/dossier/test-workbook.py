# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads dossiers back that the built dengke-cli, named by DENGKE_CLI, wrote, and prints TAP."""

import datetime
import io
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
import zipfile

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = pathlib.Path(os.environ.get("DK_DATA_DIR", ROOT / "data"))
OWN_SAMPLES = ROOT / "tests" / "samples"
CLI = os.environ.get("DENGKE_CLI")
AS_OF = "2026-07-15"
ARGUMENTS = sys.argv[1:]
SAMPLES = ["half-filled", "just-misses", "passes"]
STSME = "Technology-based SME evaluation"

# For what no programme changes: fewer sheets are read faster.
SMALL = ["--pack", "size"]
SOME = [argument for pack in ("stsme", "hnte", "sike", "size", "bse", "checks") for argument in ("--pack", pack)]

# Texts that a spreadsheet program would take for a formula.
DANGEROUS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1"]


class Run:
    """What one call of the program left behind."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def __str__(self):
        return f"exit {self.code}\n{self.out}{self.err}"


def run(*arguments, language="en", limit=None, epoch="1700000000"):
    def confine():
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    environment = dict(os.environ, HOME=str(TEMP), XDG_DATA_HOME=str(TEMP / "data"))
    environment.pop("SOURCE_DATE_EPOCH", None)
    if epoch is not None:
        environment["SOURCE_DATE_EPOCH"] = epoch
    done = subprocess.run([CLI, *map(str, arguments), "--lang", language], capture_output=True, text=True, env=environment,
                          preexec_fn=confine, timeout=120, encoding="utf-8")
    return Run(done.returncode, done.stdout, done.stderr)


def check(condition, what, *details):
    if not condition:
        raise AssertionError("\n".join([what, *map(str, details)]))


def sample(name):
    own = OWN_SAMPLES / (name + ".json")
    return own if own.exists() else DATA / "samples" / (name + ".json")


def export(name_or_data, *arguments, language="en"):
    """The path of a fresh dossier of a sample, or of an enterprise made here."""
    if isinstance(name_or_data, str):
        source = sample(name_or_data)
    else:
        source = TEMP / "made.json"
        source.write_text(json.dumps(name_or_data, ensure_ascii=False), encoding="utf-8")
    path = TEMP / "dossier.xlsx"
    path.unlink(missing_ok=True)
    done = run("export", source, "-o", path, "--as-of", AS_OF, *arguments, language=language)
    check(done.code == 0 and done.out == f"{path}\n" and done.err == "", "the export", done)
    return path


def load(name_or_data, *arguments, values=False, language="en"):
    """The dossier of a sample is read once: a whole one has a hundred thousand cells, and no test changes it."""
    key = (name_or_data, arguments, language, values) if isinstance(name_or_data, str) else None
    if key in LOADED:
        return LOADED[key]
    book = openpyxl.load_workbook(export(name_or_data, *arguments, language=language), data_only=values)
    if key:
        LOADED[key] = book
    return book


LOADED = {}


def find_row(sheet, column, text):
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, column).value == text:
            return row
    raise AssertionError(f"no row “{text}” in {sheet.title}")


def find_fact(sheet, fact, year=""):
    """The row of a fact on the sheet of facts."""
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 8).value == fact and (sheet.cell(row, 2).value or "") == year:
            return row
    raise AssertionError(f"no row for {fact} {year}")


def list_links(sheet):
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def made(**facts):
    return {"name": "Made here", "facts": facts, "registers": {}}


# ———————————————————————————————————————— What is there ————————————————————————————————————————


def get_programmes():
    return [pack["title"]["en"] for pack in json.loads(run("packs", "--format", "json").out)["packs"] if pack["kind"] != "check"]


def name_sheets(titles):
    """What sheets with these titles are called: 31 characters at most, and no two alike."""
    names = []
    for title in titles:
        title = re.sub(r"[][:*?/\\]", "-", title).replace("'", "’")
        name, n = title[:31], 1
        while name.lower() in (other.lower() for other in names):
            n += 1
            suffix = f" {n}"
            name = title[:31][:31 - len(suffix)] + suffix
        names.append(name)
    return names


def test_sheets():
    book = load("just-misses")
    names = book.sheetnames
    check(names[:2] == ["Cover", "Contents"], "first", names)
    programmes = name_sheets(get_programmes())
    last = 2 + len(programmes)
    check(STSME[:31] in programmes and names[2:last] == programmes, "the programmes", names)
    forms = json.loads(run("assess", sample("just-misses"), "--as-of", AS_OF, "--format", "json").out)["forms"]
    check(len(forms) > 2, "official tables", forms)
    last += len(forms)
    check(names[last:last + 4] == ["What is missing", "What would make it pass", "Cross-checks", "Facts"], "then", names)
    sources = names.index("Sources")
    registers = [register["label"]["en"] for register in json.loads(run("facts", "--format", "json").out)["registers"]]
    check(names[last + 4:sources] == [re.sub("[/]", "-", label)[:31] for label in registers], "the registers", names[last + 4:sources], registers)
    check(len(names) > sources + 1, "calculation sheets come last", names)
    chinese = load("just-misses", language="zh").sheetnames
    check(chinese[:2] == ["封面", "目录"] and "政策依据" in chinese, "in Chinese", chinese)


def test_one_programme():
    names = load("just-misses", "--pack", "stsme").sheetnames
    check(names[2:4] == [STSME, "What is missing"], "only that one", names)


def test_cover():
    data = json.loads(sample("passes").read_text(encoding="utf-8"))
    cover = load("passes", *SOME, values=True)["Cover"]
    texts = [cell.value for row in cover.iter_rows() for cell in row if cell.value is not None]
    check(texts[0] == data["name"], "the name", texts)
    for wanted in (data["facts"]["uscc"], AS_OF, "2025", "version 2026, from 2026-04-01 on"):
        check(wanted in texts, wanted, texts)
    check(any(text.startswith("Dengke ") for text in texts), "the program's version", texts)


def test_verdicts_are_those_of_assess():
    for name in SAMPLES:
        some = [] if name == "just-misses" else SOME
        assessed = json.loads(run("assess", sample(name), "--as-of", AS_OF, "--format", "json", *some).out)
        titles = [pack["title"] for pack in assessed["packs"] if pack["kind"] != "check"]
        words = {"pass": "met", "fail": "not met", "open": "open", "na": "not applicable"}
        now, live = load(name, *some, values=True), load(name, *some)
        check(len(titles) == len(assessed["results"]) > 4, f"{name}: programmes", titles)
        for result, title, sheet in zip(assessed["results"], titles, name_sheets(titles)):
            if result["verdict"] is None:
                continue
            check(now[sheet]["B2"].value == words[result["verdict"]], f"{name}: {title}", now[sheet]["B2"].value)
            check(result["verdict"] == "na" or live[sheet]["B2"].data_type == "f", f"{name}: {title} is live")
            row = find_row(live["Cover"], 1, title)
            check(now["Cover"].cell(row, 2).value == words[result["verdict"]], f"{name}: {title} on the cover")
            check(result["verdict"] == "na" or live["Cover"].cell(row, 2).data_type == "f", f"{name}: {title} on the cover is live")


def test_criteria():
    now, live = load("just-misses", *SOME, values=True)[STSME], load("just-misses", *SOME)[STSME]
    row = find_row(now, 1, "Staff")
    check([now.cell(row, column).value for column in (2, 3, 4, 5, 6, 7)] == ["met", 100, 100, "≤", 500, 400], "staff",
          [cell.value for cell in now[row]])
    check(all(live.cell(row, column).data_type == "f" for column in (2, 3, 4, 6, 7)), "live", [cell.value for cell in live[row]])
    check("100 ≤ 500" in now.cell(row, 9).value and "115号" in now.cell(row, 10).value, "formula and source",
          [cell.value for cell in now[row]])
    row = find_row(now, 1, "Total assets")
    check(now.cell(row, 6).value == 200000000 and now.cell(row, 6).number_format == "#,##0.00" and now.cell(row, 8).value == "yuan",
          "amounts are in yuan", [cell.value for cell in now[row]])
    wan = load("just-misses", "--wan", "--pack", "stsme", values=True)[STSME]
    check(wan.cell(row, 6).value == 200000000 and wan.cell(row, 6).number_format == "0\\.0000" and wan.cell(row, 8).value == "10,000 yuan",
          "shown in 10,000 yuan, the cell holds yuan", [cell.value for cell in wan[row]])
    headings = [cell.value for cell in now["A"]]
    for heading in ("Scorecard", "To be careful of", "For information; the verdict does not rest on it", "Duties and dates", "What to hand in"):
        check(heading in headings, heading, headings)


def test_forms():
    """Official tables: what is asked, what it comes to and the verdict are live; no figure is typed; what is not answered is blank."""
    boards = ["--pack", "sse_star", "--pack", "szse_chinext", "--pack", "bse"]
    assessed = json.loads(run("assess", DATA / "samples" / "biotech.json", "--as-of", AS_OF, "--format", "json", *boards).out)["forms"]
    now, live = load("biotech", *boards, values=True), load("biotech", *boards)
    check([form["id"] for form in assessed] == ["bse.innovation_table", "sse_star.attribute_table", "szse_chinext.positioning_table"], "forms", assessed)
    n_live = 0
    for form, name in zip(assessed, ["BSE innovation", "STAR attribute self-evaluation", "ChiNext positioning"]):
        sheet, values = live[name], now[name]
        check(sheet.max_row == 3 + len(form["rows"]), f"{name}: rows", sheet.max_row)
        for row in range(4, sheet.max_row + 1):
            one = form["rows"][row - 4]
            if one["heading"]:
                check(sheet.cell(row, 1).value == one["title"], f"{name}: a heading", sheet.cell(row, 1).value)
                continue
            cells = dict(zip((column["shows"] for column in form["columns"]), one["cells"]))
            check([sheet.cell(row, column).value or "" for column in (1, 2, 3)] == [cells["number"], cells["title"], cells["period"]],
                  f"{name}: row {row}", [cell.value for cell in sheet[row]])
            for column in (5, 6, 8):
                cell = sheet.cell(row, column)
                check(cell.value is None or cell.data_type == "f", f"{name}: typed in", cell.coordinate, cell.value)
                n_live += cell.data_type == "f"
            word = {"met": "met", "not met": "not met", "open": "open", "does not apply": "not applicable", "": None}[cells["verdict"]]
            check(values.cell(row, 8).value == word, f"{name}: verdict of {one['title']}", values.cell(row, 8).value)
    check(n_live > 60, "live cells", n_live)
    star, values = live["STAR attribute self-evaluation"], now["STAR attribute self-evaluation"]
    row = find_row(star, 2, "R&D input, three years together")
    check([values.cell(row, column).value for column in (3, 4, 5, 6)] == ["2023–2025", "≥", 80000000, 62389000], "figures", [cell.value for cell in values[row]])
    row = find_row(star, 2, "STAR field")
    check(values.cell(row, 6).value is None and "Facts" in star.cell(row, 6).value, "an answer that nobody gave is blank", star.cell(row, 6).value)
    chinext = now["ChiNext positioning"]
    row = find_row(chinext, 2, "Compound growth of R&D input, three years")
    check(abs(chinext.cell(row, 6).value - 0.9215) < 1e-4, "what lies between two ends of a root is a figure", chinext.cell(row, 6).value)
    check("STAR attribute self-evaluation" not in load("passes", "--pack", "stsme").sheetnames, "only where it was asked for")


def test_missing():
    book = load("half-filled", *SOME)
    sheet = book["What is missing"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    check(len(rows) > 5 and all(row[1] for row in rows), "what is missing", rows)
    counts = [int(row[4]) for row in rows]
    check(counts == sorted(counts, reverse=True) and counts[-1] > 0, "most first", counts)
    check(["S&T staff", "2025"] in [row[1:3] for row in rows], "a fact with its year", rows)
    check(any("the rest of the list" in row[1] for row in rows), "registers that are not complete", rows)
    check(all(sheet.cell(4 + i, 4).hyperlink for i in range(len(rows))), "each leads to its cell")
    facts = book["Facts"]
    row = next(i for i, values in enumerate(rows) if values[1:3] == ["S&T staff", "2025"])
    place = f"'Facts'!$C${find_fact(facts, 'st_staff', '2025')}"
    check(sheet.cell(4 + row, 4).hyperlink.location == place, place, sheet.cell(4 + row, 4).hyperlink.location)
    full = load("passes", "--pack", "stsme")["What is missing"]
    check(full.max_row == 3 and "Nothing is missing" in full["A2"].value, "nothing is missing", full["A2"].value)


def test_levers():
    sheet = load("just-misses", *SOME)["What would make it pass"]
    start = find_row(sheet, 1, STSME)
    check(sheet.cell(start + 1, 1).value.startswith("The whole") and "29 → 30" in sheet.cell(start + 1, 2).value, "the least change",
          [cell.value for cell in sheet[start + 1]])
    passing = load("passes", *SOME)["What would make it pass"]
    start = find_row(passing, 1, STSME)
    check("may fall to" in passing.cell(start + 1, 2).value, "how safe it is", [cell.value for cell in passing[start + 1]])


def test_checks():
    """What contradicts, with its amount and the way to it; what sources say, with differences that follow; measures."""
    contradicting = made(revenue={"2025": 100}, net_assets={"2025": 7}, assets={"2025": 9}, liabilities={"2025": 3}, rd_tax={"2025": 50})
    contradicting["sources"] = {"audit_report": {"revenue": {"2025": 100}}, "tax_return": {"revenue": {"2025": 99}, "founded_on": "2019-03-04"}}
    contradicting["registers"] = {"rd_projects": {"complete": True, "rows": [
        {"number": "A", "started_on": "2025-01-01", "ended_on": "none"}, {"number": "B", "started_on": "2025-01-02", "ended_on": "2025-01-01"}]}}
    book = load(contradicting, "--pack", "stsme", "--pack", "checks")
    sheet, facts = book["Cross-checks"], book["Facts"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = find_row(sheet, 1, "Revenue (2025)")
    check(rows[start - 1][2:8] == ["Yearly income tax return", "CNY 99", "Answer", "CNY 100", "CNY −1 (−1.00 %)", None], "a source", rows[start - 1])
    place = f"'Facts'!$C${find_fact(facts, 'revenue', '2025')}"
    check(sheet.cell(start, 2).hyperlink.location == place, "its cell", place, sheet.cell(start, 2).hyperlink.location)
    derived = rows[find_row(sheet, 1, "Net assets (2025)") - 1]
    check(derived[2:7] == ["Answer", "CNY 7", "Computed", "CNY 6", "+CNY 1 (16.67 %)"], "what is derived", derived)
    projects = find_row(sheet, 1, "Projects start before they end, and after the founding")
    check(sheet.cell(projects, 2).value == "Row 2" and "R&D projects" in sheet.cell(projects, 2).hyperlink.location, "the row", rows[projects - 1])

    start = find_row(sheet, 1, "Figures of single sources") + 2
    check([row[2:4] for row in rows[start - 1:start + 2]] == [["Yearly income tax return", datetime.datetime(2019, 3, 4)], ["Audit report", 100],
                                                              ["Yearly income tax return", 99]], "what sources say", rows[start - 1:start + 2])
    check("Facts" in sheet.cell(start + 2, 7).value and sheet.cell(start + 2, 7).value.startswith("="), "a difference that follows", sheet.cell(start + 2, 7).value)
    measures = rows[find_row(sheet, 1, "R&D expenses") - 1:]
    check(measures[0][2:5] == ["2025", "2024", "2023"] and all(str(value).startswith("=") for value in measures[1][2:5]), "measures by year", measures[:2])
    now = load(contradicting, "--pack", "stsme", "--pack", "checks", values=True)["Cross-checks"]
    row = find_row(now, 1, "R&D expenses") + 1
    check([now.cell(row, column).value for column in (3, 4)] == [50, "open"], "as they are", [cell.value for cell in now[row]])
    check(now.cell(start + 2, 6).value == 100 and now.cell(start + 2, 7).value == -1, "differences as they are", [cell.value for cell in now[start + 2]])
    row = find_row(now, 1, "Projects start before they end, and after the founding")
    row = next(i for i in range(row + 1, now.max_row + 1) if now.cell(i, 1).value == "Projects start before they end, and after the founding")
    check(now.cell(row, 3).value == "not met", "how a check stands", [cell.value for cell in now[row]])
    check("Cross-checks" not in load(contradicting, "--pack", "stsme").sheetnames, "only where they were asked for")
    check("No figures contradict each other." in [row[0].value for row in load("passes", *SOME)["Cross-checks"].iter_rows()], "none")


def test_sources():
    sheet = load("passes", *SOME)["Sources"]
    row = find_row(sheet, 2, "国科发政〔2017〕115号")
    check(sheet.cell(row, 3).value == "The document itself was read" and "Four-S&T standard" in sheet.cell(row, 4).value
          and STSME in sheet.cell(row, 4).value, "once for all programmes", [cell.value for cell in sheet[row]])
    numbers = [(sheet.cell(i, 1).value, sheet.cell(i, 2).value, sheet.cell(i, 3).value, sheet.cell(i, 5).value)
               for i in range(3, sheet.max_row + 1)]
    check(len(numbers) == len(set(numbers)), "each stands there once", numbers)


# ———————————————————————————————————————— Answers ————————————————————————————————————————


def test_facts():
    sheet = load("half-filled", *SMALL)["Facts"]
    check(sheet["C3"].value == datetime.datetime(2026, 7, 15) and sheet["C3"].number_format == "yyyy\\-mm\\-dd", "the day", sheet["C3"].value)
    asked = {fact["id"] for fact in json.loads(run("facts", "--format", "json").out)["facts"]}
    found = {sheet.cell(row, 8).value for row in range(5, sheet.max_row + 1)} - {None}
    check(found == asked, "all that is asked", found ^ asked)

    def cells(fact, year=""):
        row = find_fact(sheet, fact, year)
        return [sheet.cell(row, 3).value, sheet.cell(row, 4).value]

    check(cells("staff", "2025") == [45, 55], "a range", cells("staff", "2025"))
    check(cells("st_staff", "2025") == [None, None], "not known is blank, not 0", cells("st_staff", "2025"))
    check(cells("revenue", "2024") == [9200000, None], "a year that no rule asks for", cells("revenue", "2024"))
    check(cells("founded_on") == [datetime.datetime(2021, 9, 2), None], "a date", cells("founded_on"))
    check(cells("is_resident") == ["yes", None] and cells("restricted_product") == ["no", None], "truths")
    check(cells("region") == ["510100", None], "a code is text", cells("region"))
    row = find_fact(sheet, "revenue", "2025")
    check(sheet.cell(row, 3).number_format == "#,##0.00" and sheet.cell(row, 5).value == "yuan", "amounts", sheet.cell(row, 3).number_format)
    check(sheet.cell(row, 3).protection.locked is False and sheet.cell(row, 1).protection.locked, "answers are unlocked")


def test_what_a_cell_cannot_say():
    sheet = load(made(staff={"2025": {"from": 45}}, industry="C39", revenue={"2025": "100/3"}), *SMALL)["Facts"]
    row = find_fact(sheet, "staff", "2025")
    check(sheet.cell(row, 3).value is None and sheet.cell(row, 4).value is None, "an open end")
    check("at least 45" in sheet.cell(row, 3).comment.text, "is said in a remark", sheet.cell(row, 3).comment)
    row = find_fact(sheet, "industry")
    check(sheet.cell(row, 3).value == "C39" and sheet.cell(row, 3).comment is None, "the first characters of a code", sheet.cell(row, 3).value)
    row = find_fact(sheet, "revenue", "2025")
    check(abs(sheet.cell(row, 3).value - 100 / 3) < 1e-9, "a fraction", sheet.cell(row, 3).value)


def test_registers():
    data = made()
    data["registers"]["certificates"] = {"complete": True, "rows": [
        {"kind": "hnte", "number": "GR1", "valid_from": "2025-01-01", "valid_to": "none"}, {}]}
    book = load(data, *SMALL)
    sheet = book["Certificates and titles"]
    check(sheet["C2"].value == "yes", "complete", sheet["C2"].value)
    check([cell.value for cell in sheet[4]][:6] == ["1", "High and new technology enterprise", "GR1", datetime.datetime(2025, 1, 1), "none", None],
          "a row", [cell.value for cell in sheet[4]])
    check([cell.value for cell in sheet[5]][:6] == ["2", "?", None, None, None, None], "a row of which nothing is known",
          [cell.value for cell in sheet[5]])
    check([cell.value for cell in sheet[35]][:2] == ["32", None] and sheet.max_row == 35, "30 spare rows", sheet.max_row)
    check(book["Intellectual property"]["C2"].value == "no", "not complete")


def test_drop_downs():
    book = load("passes", *SMALL)
    facts = book["Facts"]
    row = find_fact(facts, "is_resident")
    lists = {str(rule.sqref): rule.formula1 for rule in facts.data_validations.dataValidation}
    check(lists.get(f"C{row}") == '"yes,no"', "yes or no", lists)
    check(f"C{find_fact(facts, 'staff', '2025')}" not in lists, "numbers have none", lists)
    certificates = book["Certificates and titles"]
    lists = {str(rule.sqref): rule.formula1 for rule in certificates.data_validations.dataValidation}
    place = next(formula for cells, formula in lists.items() if cells.startswith("B4:"))
    match = re.fullmatch(r"'Lists'!\$([A-Z])\$1:\$\1\$(\d+)", place)
    check(match is not None, "a long list stands on a sheet of its own", lists)
    options = [cell.value for cell in book["Lists"][match.group(1)] if cell.value is not None]
    check(len(options) == int(match.group(2)) and "High and new technology enterprise" in options, "the whole list", options)
    check(book["Lists"].sheet_state == "hidden", "which is hidden", book["Lists"].sheet_state)


def test_text_stays_text():
    rows = [{"name": text, "number": text} for text in DANGEROUS] + [{"name": "字" * 40000}]
    for text in DANGEROUS[:2]:
        book = load({"name": text, "facts": {"district": text}, "registers": {"ip": {"complete": False, "rows": rows}}}, *SMALL)
        check(book["Cover"]["A1"].value == text and book["Cover"]["A1"].data_type == "s", "the name", repr(book["Cover"]["A1"].value))
        facts = book["Facts"]
        cell = facts.cell(find_fact(facts, "district"), 3)
        check(cell.value == text and cell.data_type == "s", "a fact", repr(cell.value))
    sheet = book["Intellectual property"]
    for row, text in enumerate(DANGEROUS, 4):
        for column in (2, 4):
            cell = sheet.cell(row, column)
            check(cell.value == text and cell.data_type == "s", "a cell of a register", repr(cell.value))
    long = sheet.cell(4 + len(DANGEROUS), 2).value
    check(len(long) == 32767 and long.endswith("字…"), "what is too long is cut", len(long))


def test_odd_characters():
    data = {"name": "a\u0001b\u000bc\uffff _x0041_ \U0001f600 <&> \"'", "facts": {}, "registers": {}}
    path = export(data, *SMALL)
    raw = zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode("utf-8")
    check("\u0001" not in raw and "\uffff" not in raw, "nothing that XML cannot hold")
    value = openpyxl.load_workbook(path)["Cover"]["A1"].value
    # The reader at hand leaves the escaped underscore as it stands in the file.
    check(value.replace("_x005F_", "_") == "a\ufffdb\ufffdc\ufffd _x0041_ \U0001f600 <&> \"'", "kept or replaced", repr(value))


# ———————————————————————————————————————— The look ————————————————————————————————————————


def test_print_and_panes():
    book = load("just-misses", *SOME)
    frozen = {"Contents": "A3", "Facts": "C5", "Sources": "B3", "What is missing": "C4", "Intellectual property": "C4",
              STSME: "B5"}
    for name, place in frozen.items():
        check(book[name].freeze_panes == place, f"{name} is frozen", book[name].freeze_panes)
    repeated = {"Facts": "$1:$4", STSME: "$1:$4", "Sources": "$1:$2", "Intellectual property": "$1:$3"}
    for name, rows in repeated.items():
        check(book[name].print_title_rows == rows, f"{name} repeats its head", book[name].print_title_rows)
    for sheet in book.worksheets[:book.sheetnames.index("Sources") + 1]:
        check(int(sheet.page_setup.paperSize) == 9, f"{sheet.title} is A4", sheet.page_setup.paperSize)
        check(sheet.sheet_properties.pageSetUpPr.fitToPage and int(sheet.page_setup.fitToHeight) == 0, f"{sheet.title} fits the width")
        check("&P" in sheet.oddFooter.right.text, f"{sheet.title} has page numbers", sheet.oddFooter.right.text)
        widths = [dimension.width for dimension in sheet.column_dimensions.values()]
        check(widths and min(widths) > 2, f"{sheet.title} has widths", widths)


def test_rows_are_high_enough():
    """Wrapped text needs its height in the file: not every program works it out."""
    sheet = load("just-misses", *SMALL, language="zh")["企业数据"]
    row = find_fact(sheet, "st_staff", "2025")
    check(sheet.row_dimensions[row].height > 30, "three lines", sheet.row_dimensions[row].height)
    check(sheet.row_dimensions[find_fact(sheet, "founded_on")].height < 40, "not three", sheet.row_dimensions[row].height)


def test_links_lead_somewhere():
    for language in ("zh", "en"):
        book = load("half-filled", *SOME, language=language)
        n = 0
        for sheet in book:
            for link in list_links(sheet):
                match = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$(\d+)", link.location)
                check(match is not None, f"{sheet.title}: {link.location}")
                check(match.group(1) in book.sheetnames, f"{sheet.title}: no sheet {match.group(1)}")
                check(int(match.group(3)) <= book[match.group(1)].max_row, f"{sheet.title}: {link.location}")
                n += 1
        check(n > 50, "links", n)
        contents = [link.location for link in list_links(book.worksheets[1])]
        check(len(contents) == len([sheet for sheet in book if sheet.sheet_state == "visible"]) - 1, "all sheets are listed", contents)


def test_no_result_is_typed():
    """Outside the answers and the calculation, a number is a formula or it is text."""
    for name in SAMPLES:
        some = [] if name == "just-misses" else SOME
        book = load(name, *some)
        results = [sheet for sheet in book.worksheets[:book.sheetnames.index("Facts")]]
        typed = [f"{sheet.title}!{cell.coordinate}" for sheet in results for row in sheet.iter_rows() for cell in row
                 if cell.data_type == "n" and cell.value is not None]
        check(typed == [], f"{name}: numbers that nothing computes", typed)
        live = sum(cell.data_type == "f" for sheet in results for row in sheet.iter_rows() for cell in row)
        check(live > 100, f"{name}: live cells", live)
        values = load(name, *some, values=True)
        wrong = [f"{sheet.title}!{cell.coordinate} {cell.value}" for sheet in values for row in sheet.iter_rows() for cell in row
                 if isinstance(cell.value, str) and cell.value.startswith("#")]
        check(wrong == [], f"{name}: errors", wrong[:10])


# ———————————————————————————————————————— The command ————————————————————————————————————————


def test_same_bytes():
    first = export("half-filled", *SOME).read_bytes()
    check(export("half-filled", *SOME).read_bytes() == first, "two exports are alike")
    created = openpyxl.load_workbook(io.BytesIO(first)).properties.created
    check(created == datetime.datetime(2023, 11, 14, 22, 13, 20), "the time of SOURCE_DATE_EPOCH", created)
    done = run("export", sample("passes"), "-o", TEMP / "now.xlsx", *SMALL, epoch=None)
    created = openpyxl.load_workbook(TEMP / "now.xlsx").properties.created
    check(done.code == 0 and abs(datetime.datetime.utcnow() - created) < datetime.timedelta(minutes=5), "now", created)
    for epoch in ("soon", "-1", "1.5", "99999999999999999999"):
        done = run("export", sample("passes"), "-o", TEMP / "never.xlsx", *SMALL, epoch=epoch)
        check(done.code == 1 and epoch in done.err and not (TEMP / "never.xlsx").exists(), f"SOURCE_DATE_EPOCH={epoch}", done)


def test_several_files():
    folder = TEMP / "several" / "deep"
    done = run("export", sample("passes"), sample("half-filled"), "-o", folder, *SMALL)
    check(done.code == 0 and done.out.splitlines() == [str(folder / "passes.xlsx"), str(folder / "half-filled.xlsx")], "two files", done)
    check(sorted(os.listdir(folder)) == ["half-filled.xlsx", "passes.xlsx"], "in a new folder", os.listdir(folder))
    done = run("export", OWN_SAMPLES, sample("passes"), "-o", folder, "--format", "json", *SMALL)
    written = json.loads(done.out)
    check([pathlib.Path(entry["output"]).name for entry in written]
          == ["just-misses.xlsx", "passes.xlsx", "passes-2.xlsx"], "a folder, and one twice", done)
    check([pathlib.Path(entry["file"]).name for entry in written] == ["just-misses.json", "passes.json", "passes.json"],
          "of which file", done)
    done = run("export", sample("passes"), "-o", folder, *SMALL)
    check(done.out == str(folder / "passes.xlsx") + "\n", "one file into a folder that is there", done)
    workspace = TEMP / "several.dengke"
    check(run("workspace", "add", workspace, sample("passes"), sample("half-filled")).code == 0, "a workspace")
    done = run("export", workspace, "-o", folder / "all", *SMALL)
    names = sorted(json.loads(pathlib.Path(sample(name)).read_text(encoding="utf-8"))["name"] + ".xlsx" for name in ("passes", "half-filled"))
    check(done.code == 0 and sorted(os.listdir(folder / "all")) == names, "all enterprises of a workspace, by their names", done)
    bad = TEMP / "bad.json"
    bad.write_text("{", encoding="utf-8")
    done = run("export", bad, sample("passes"), "-o", folder, *SMALL)
    check(done.code == 2 and "bad.json" in done.err and done.out == str(folder / "passes.xlsx") + "\n", "a faulty one is left out", done)
    check(not (folder / "bad.xlsx").exists(), "and not written")


def test_wrong_calls():
    for arguments, word in (((), "file of an enterprise"), ((sample("passes"),), "-o OUT.xlsx"),
                            ((sample("passes"), "-o", TEMP / "x.xlsx", "--pack", "nothing"), "nothing"),
                            ((sample("passes"), "-o", TEMP / "x.xlsx", "--as-of", "tomorrow"), "tomorrow"),
                            ((sample("passes"), "-o", TEMP / "x.xlsx", "--year", "1"), "1 is no year")):
        done = run("export", *arguments)
        check(done.code == 1 and word in done.err and done.out == "" and not (TEMP / "x.xlsx").exists(), str(arguments), done)


def test_no_place_to_write():
    path = TEMP / "missing" / "x.xlsx"
    done = run("export", sample("passes"), "-o", path)
    check(done.code == 2 and str(path) in done.err and done.out == "", "no such folder", done)
    file = TEMP / "a-file"
    file.write_text("", encoding="utf-8")
    done = run("export", sample("passes"), sample("half-filled"), "-o", file)
    check(done.code == 2 and str(file) in done.err and done.out == "", "a file where a folder is wanted", done)


def test_no_room():
    folder = TEMP / "tight"
    folder.mkdir()
    path = folder / "old.xlsx"
    for limit in (1000, 30000, 150000, 250000):
        path.write_text("the old file", encoding="utf-8")
        done = run("export", sample("passes"), "-o", path, limit=limit)
        check(done.code == 2 and "There is no room" in done.err and str(path) in done.err and done.out == "", f"{limit} bytes", done)
        check(path.read_text(encoding="utf-8") == "the old file", f"{limit} bytes: the old file is untouched")
        check(os.listdir(folder) == ["old.xlsx"], f"{limit} bytes: nothing is left behind", os.listdir(folder))


def main():
    global TEMP
    tests = [(name[len("test_"):].replace("_", "-"), function) for name, function in globals().items()
             if name.startswith("test_") and (not ARGUMENTS or any(a in name.replace("_", "-") for a in ARGUMENTS))]
    if not CLI:
        print("Bail out! DENGKE_CLI must name the program to test")
        return 1
    failed = 0
    print(f"1..{len(tests)}")
    with tempfile.TemporaryDirectory(prefix="dengke-workbook-") as folder:
        TEMP = pathlib.Path(folder)
        for number, (name, function) in enumerate(tests, 1):
            try:
                function()
                print(f"ok {number} {name}")
            except Exception:
                failed += 1
                print(f"not ok {number} {name}")
                for line in traceback.format_exc().splitlines():
                    print("# " + line)
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
