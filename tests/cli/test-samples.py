# SPDX-License-Identifier: GPL-3.0-or-later
"""The samples that Dengke comes with, assessed by the built dengke-cli, named by DENGKE_CLI: their verdicts are those of the table
in data/samples/README.md, their figures fit together, and they leave nothing of the catalogue out. Prints TAP.
"""

import collections
import datetime
import fractions
import json
import os
import pathlib
import re
import subprocess
import sys
import traceback

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path(os.environ.get("DK_DATA_DIR", HERE.parent.parent / "data"))
CLI = os.environ.get("DENGKE_CLI")
AS_OF = "2026-07-15"
YEARS = (2023, 2024, 2025)

FULL = ("agritech", "biotech", "equipment", "services", "software")
FULLEST = ("equipment", "software")
WORDS = {"pass": "met", "fail": "not met", "open": "open", "na": "n/a"}

# What disagrees on purpose, as README.md says: what is answered by hand against what the lists and the balance give.
ON_PURPOSE = {("services", "net assets of 2025"), ("services", "mean staff of 2025")}

# Answers of the law of 2008 and of the tax year 2022, which nobody needs on the day of the samples.
NOT_ASKED = {"panel08_ip", "panel08_conversion", "panel08_management", "rd_tax_q4"}

# Of a listing: how a market value is estimated that is not given itself, and what only red chips, issuers with weighted voting, filers
# under set 5 of the STAR Market and companies listed on the BSE are asked.
NOT_OF_A_LISTING = {"valuation_method", "pe_multiple", "ps_multiple", "rc_technology_edge", "rc_peer_growth", "weighted_voting_fit",
                    "star5_field", "star5_stage", "bse_holders", "bse_traded"}


def check(condition, what, *details):
    if not condition:
        raise AssertionError("\n".join([what, *map(str, details)]))


def run(*arguments):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=120,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    check(done.returncode == 0 and not done.stderr, f"dengke-cli {' '.join(map(str, arguments))}", done.stderr)
    return done.stdout


def load(name):
    return json.loads((DATA / "samples" / f"{name}.json").read_text(encoding="utf-8"), parse_float=fractions.Fraction)


def assess(name):
    return json.loads(run("assess", DATA / "samples" / f"{name}.json", "--as-of", AS_OF, "--lang", "en", "--format", "json"))


def rows(sample, register):
    return sample["registers"].get(register, {}).get("rows", [])


def read_table():
    """The table of verdicts in README.md: {sample: {pack: words}}."""
    lines = [line for line in (DATA / "samples" / "README.md").read_text(encoding="utf-8").splitlines() if re.match(r"\| `\w+` ", line) or
             line.startswith("| programme ")]
    heads = re.findall(r"`([\w-]+)`", lines[0])
    table = {head: {} for head in heads}
    for line in lines[1:]:
        pack, *cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        check(len(cells) == len(heads), "a cell for each sample", line)
        for head, cell in zip(heads, cells):
            table[head][pack] = cell
    return table


def test_verdicts_are_as_documented():
    table = read_table()
    check(set(table) == {path.stem for path in (DATA / "samples").glob("*.json")}, "a column for each sample", set(table))
    for name, documented in table.items():
        assessed = assess(name)
        found = {}
        for pack, result in zip(assessed["packs"], assessed["results"]):
            if pack["id"] == "size":
                found["size"] = " or ".join(result["value"]["one_of"])
            elif result["verdict"] is not None:
                found[pack["id"]] = ("held, " if pack.get("held") else "") + WORDS[result["verdict"]]
            if pack["kind"] in ("certification", "listing") and pack["id"] in found:
                check(pack["id"] in documented, f"{name}: README.md has a row for {pack['id']}")
        for pack, words in documented.items():
            check(found.get(pack) == words, f"{name}: {pack} is “{found.get(pack)}”, and documented as “{words}”")


def test_table_shows_every_verdict():
    cells = [cell for column in read_table().values() for cell in column.values()]
    for words in ("met", "not met", "open", "n/a", "held, met"):
        check(words in cells, f"a sample that shows “{words}”", collections.Counter(cells))


def test_names_and_codes_are_invented_and_right():
    codes = set()
    for name in FULL:
        sample = load(name)
        check(sample["name"].endswith("（样例）"), "the name says that it is a sample", sample["name"])
        uscc = sample["facts"]["uscc"]
        codes.add(uscc)
        check(uscc[2:4] == sample["facts"]["region"][:2], "the code is of the province", uscc)
        for row in rows(sample, "ip"):
            number = re.fullmatch(r"ZL(\d{12})\.([\dX])", row["number"])
            if row["kind"] in ("invention", "utility_model", "design"):
                total = sum(int(digit) * weight for digit, weight in zip(number[1], [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5])) % 11
                check(number[2] == ("X" if total == 10 else str(total)), "the check digit of a patent", row["number"])
    check(len(codes) == len(FULL), "each has a code of its own", codes)


def list_disagreements(name):
    """What does not fit together in the sample."""
    sample = load(name)
    facts = sample["facts"]

    def of(fact, year):
        return facts.get(fact, {}).get(str(year))

    # What is capitalised is in the ledger, but in no expense of the year, and in no deduction before it is written off.
    capitalised = {row["number"] for row in rows(sample, "rd_projects") if row["capitalised"]}

    for year in YEARS:
        if "net_assets" in facts and of("net_assets", year) != of("assets", year) - of("liabilities", year):
            yield f"net assets of {year}"
        if of("cost_total", year) != sum(of(fact, year) for fact in ("operating_cost", "selling_expense", "admin_expense", "finance_expense", "rd_audited")):
            yield f"costs of {year}"
        for fact, column in (("rd_audited", "amount"), ("rd_tax", "tax_amount")):
            if of(fact, year) != sum(row[column] for row in rows(sample, "rd_costs") if row["in_year"] == year and row["project"] not in capitalised):
                yield f"{fact} of {year} and its ledger"
        yield from list_listing_disagreements(sample, of, capitalised, year)
        products = [row for row in rows(sample, "products") if row["in_year"] == year]
        if of("revenue", year) != sum(row["income"] for row in products):
            yield f"products and revenue of {year}"
        months = [row for row in rows(sample, "headcounts") if row["in_year"] == year]
        if [row["month"] for row in months] != list(range(1, 13)):
            yield f"months of {year}"
        for fact, start, end in (("staff", "staff_start", "staff_end"), ("st_staff", "st_start", "st_end")):
            if any(before[end] != after[start] for before, after in zip(months, months[1:])) or months[-1][end] != of(fact, year):
                yield f"{fact} of {year} and its months"
            mean = fractions.Fraction(sum(row[start] + row[end] for row in months), 24)
            if of(fact + "_hnte", year) not in (None, mean):
                yield f"mean {fact} of {year}"
        people = [row for row in rows(sample, "people") if row["in_year"] == year]
        if people:
            counts = {"staff": people, "st_staff": [row for row in people if row["st"]], "rd_staff": [row for row in people if row["rd"]],
                      "rd_staff_full_time": [row for row in people if row["rd_full_time"]],
                      "degree_staff": [row for row in people if row["degree"] != "below_college"]}
            yield from (f"{fact} of {year} and the list of people" for fact, found in counts.items() if of(fact, year) != len(found))
            if any(row["kind"] != "regular" and row["days_worked"] < 183 for row in people):
                yield f"people of {year} who worked too few days"
        for smaller, larger in (("st_staff", "staff"), ("rd_staff", "st_staff"), ("rd_staff_full_time", "rd_staff"), ("degree_staff", "staff"),
                                ("main_revenue", "revenue"), ("main_cost", "operating_cost"), ("untaxed_income", "gross_income"),
                                ("insured_december", "employees"), ("revenue", "gross_income"), ("net_profit", "total_profit")):
            if of(smaller, year) > of(larger, year):
                yield f"{smaller} of {year} is more than {larger}"
        for fact, kinds in (("equity_raised", None), ("venture_capital", ("venture_fund", "private_fund"))):
            paid = sum(row["amount"] for row in rows(sample, "equity_rounds")
                       if row["paid_on"][:4] == str(year) and (kinds is None or row["investor_kind"] in kinds))
            if of(fact, year) not in (None, paid):
                yield f"{fact} of {year} and the rounds"
    yield from list_broken_references(sample)


def list_listing_disagreements(sample, of, capitalised, year):
    """What a listing asks for, against the figures that were there before."""
    costs = [row for row in rows(sample, "rd_costs") if row["in_year"] == year and row["project"] in capitalised]
    if of("rd_capitalised", year) not in (None, sum(row["amount"] for row in costs)) or any(row["tax_amount"] for row in costs):
        yield f"capitalised R&D of {year} and its ledger"
    if of("rd_expensed", year) not in (None, of("rd_audited", year)):
        yield f"expensed R&D of {year} and the audit"
    if of("net_profit_core", year) is not None and of("net_profit_parent", year) - of("net_profit_core", year) > of("gross_income", year) - of("revenue", year):
        yield f"non-recurring items of {year} are more than all other income"
    if of("rd_staff_listing", year) is not None and of("rd_staff_listing", year) > of("rd_staff", year):
        yield f"R&D staff of {year} in the listing measure"
    if of("cash_dividends", year) is None:
        return
    # Equity grows by what is earned and paid in, less what is paid out; before the first year only what it must have been is known.
    paid_in = sum(row["amount"] for row in rows(sample, "equity_rounds") if row["paid_on"][:4] == str(year))
    equity = of("assets", year) - of("liabilities", year)
    before = equity - of("net_profit", year) - paid_in + of("cash_dividends", year)
    if year > YEARS[0] and before != of("assets", year - 1) - of("liabilities", year - 1):
        yield f"equity of {year}, its profit, dividends and rounds"
    for profit, rate in (("net_profit_parent", "roe_weighted"), ("net_profit_core", "roe_weighted_core")):
        if of(rate, year) is None:
            continue
        # Dividends are paid in spring or autumn: they count for some of the year.
        mean = [before + of("net_profit_parent", year) / 2 - of("cash_dividends", year) * share for share in (fractions.Fraction(3, 4), fractions.Fraction(1, 4))]
        if not of(profit, year) / mean[1] - fractions.Fraction(1, 10000) <= of(rate, year) <= of(profit, year) / mean[0] + fractions.Fraction(1, 10000):
            yield f"{rate} of {year}"


def list_broken_references(sample):
    projects = {row["number"]: row for row in rows(sample, "rd_projects")}
    rights = {f"IP{number:02}" for number, row in enumerate(rows(sample, "ip"), 1)}
    products = {row["name"] for row in rows(sample, "products")}
    for row in rows(sample, "rd_costs"):
        project = projects.get(row["project"])
        if project is None or project["started_on"] > f"{row['in_year']}-12-31" or project["ended_on"] < f"{row['in_year']}-01-01":
            yield f"a cost of {row['project']} in {row['in_year']}"
        if row["tax_amount"] > row["amount"]:
            yield f"the tax measure of {row['project']} is more than was spent"
    for row in rows(sample, "conversions"):
        if row["project"] not in projects or row["ip"] and row["ip"] not in rights or products and row["product"] not in products:
            yield f"what the conversion {row['name']} rests on"
    for row in rows(sample, "products") + rows(sample, "rd_projects"):
        if not set(filter(None, row.get("ip", "").split("、"))) <= rights:
            yield f"the rights of {row['name']}"
    granted = {row["number"].removeprefix("ZL"): row["granted_on"] for row in rows(sample, "ip")}
    for row in rows(sample, "applications"):
        if granted.get(row["number"], "none") != row["granted_on"]:
            yield f"the grant of application {row['number']}"


def test_figures_fit_together():
    found = {(name, what) for name in FULL for what in list_disagreements(name)}
    check(found == ON_PURPOSE, "only what is documented disagrees", sorted(found ^ ON_PURPOSE))


def test_cross_checks_find_what_is_documented():
    for name in (*FULL, "half-filled"):
        found = {(row["kind"], row["fact"], row["period"]) for row in assess(name)["checks"]["disagreements"]}
        wanted = {("derived", "net_assets", "2025"), ("derived", "staff_hnte", "2025")} if name == "services" else set()
        check(found == wanted, f"{name}: what the program finds", found)


def test_every_list_is_filled_somewhere():
    registers = re.findall(r"^  - id: (\w+)$", (DATA / "catalogue" / "registers.yaml").read_text(encoding="utf-8"), re.M)
    check(len(registers) >= 14, "registers of the catalogue", registers)
    empty = [register for register in registers if not any(rows(load(name), register) for name in FULL)]
    check(not empty, "every list has rows in one of them", empty)


def test_the_fullest_answer_everything():
    facts = json.loads(run("facts", "--format", "json", "--lang", "en"))["facts"]
    derived = set(re.findall(r"- id: (\w+)\n(?:    (?!derive).*\n)*    derive:", (DATA / "catalogue" / "facts.yaml").read_text(encoding="utf-8")))
    check(len(derived) > 50, "facts that lists give", len(derived))
    for name in FULLEST:
        sample = load(name)
        # What only a listing asks is for those who are about to file.
        asked = [fact["id"] for fact in facts if name == "equipment" or not fact["page"].startswith("listing_")]
        unanswered = [fact for fact in asked if fact not in sample["facts"] and fact not in derived | NOT_ASKED | NOT_OF_A_LISTING]
        check(not unanswered, f"{name} answers every fact", unanswered)


def test_edges():
    """What README.md says of the figures that lie on a line of the law, or just beside it."""
    facts = load("agritech")["facts"]
    check(100 * facts["rd_tax"]["2025"] == 2 * facts["revenue"]["2025"] and 10 * facts["st_staff"]["2025"] == 3 * facts["staff"]["2025"],
          "R&D of exactly 2 %, S&T staff of exactly 30 %")
    days = [(datetime.date.fromisoformat(AS_OF) - datetime.date.fromisoformat(row["happened_on"])).days for row in rows(load("agritech"), "incidents")]
    check(days[0] == 400 and days[1] > 3 * 365 + 1, "the days since the incidents", days)
    score = json.loads(run("eval", "stsme.score", DATA / "samples" / "agritech.json", "--as-of", AS_OF, "--format", "json"))["result"]["value"]
    check(score["low"] == score["high"] == "60", "60 points exactly", score)
    criteria = next(result for result in assess("software")["results"] if result["id"] == "srdi2026")["children"]
    check([child["id"] for child in criteria if child["verdict"] == "fail" and child["kind"] != "value"] == ["srdi2026.main_ratio"], "one condition is missed")


def find(results, identifier):
    for result in results:
        below = result if result["id"] == identifier else find(result["children"], identifier)
        if below:
            return below
    return None


def test_forms():
    """Official tables: on demand in the text, always in JSON; what a table says is what the results say."""
    path = DATA / "samples" / "equipment.json"
    board = ("--pack", "sse_star", "--lang", "en")
    data = json.loads(run("assess", path, "--as-of", AS_OF, "--format", "json", *board))
    results = {}

    def collect(result):
        results[result["id"]] = result
        for child in result["children"]:
            collect(child)

    for result in data["results"]:
        collect(result)
    (form,) = data["forms"]
    check(form["id"] == "sse_star.attribute_table" and form["version"] == "2026" and form["note"], "the table", form)
    shows = [column["shows"] for column in form["columns"]]
    check(shows == ["number", "title", "period", "threshold", "value", "formula", "verdict", "evidence"], "columns", shows)
    numbers = [row["cells"][0] for row in form["rows"] if not row["heading"]]
    check(numbers == [str(n + 1) for n in range(len(numbers))], "numbers", numbers)
    for row in form["rows"]:
        if "rule" not in row:
            continue
        verdict = results[row["rule"]]["verdict"]
        check(dict(zip(shows, row["cells"]))["verdict"] == {"na": "does not apply"}.get(verdict, WORDS[verdict]), "verdict", row)
    text = run("assess", path, "--as-of", AS_OF, "--brief", "--forms", *board)
    check("STAR attribute self-evaluation" in text and "High-end equipment" in text, "text", text)
    check("self-evaluation" not in run("assess", path, "--as-of", AS_OF, *board), "only on demand")
    for day, patents in (("2024-04-29", "≥ 5"), ("2024-04-30", "≥ 7"), ("2020-06-01", "≥ 5")):
        form = json.loads(run("assess", path, "--as-of", day, "--format", "json", *board))["forms"][0]
        rows = {row.get("rule"): dict(zip(shows, row["cells"])) for row in form["rows"]}
        check(rows["sse_star.indicators.patents"]["threshold"] == patents, day, form)
        check(("sse_star.indicators.rd_staff" in rows) == (day != "2020-06-01"), "no R&D staff before 2021-04-16", day)
    check("forms" not in json.loads(run("assess", path, "--as-of", "2020-03-19", "--format", "json", *board)), "no table before 2020-03-20")


def test_boards():
    """What README.md says of the boards: which standards are met, and by what one falls short."""
    def list_leaves(result):
        children = [child for child in result["children"] if child["verdict"] is not None]
        return [leaf for child in children for leaf in list_leaves(child)] if children else [result]

    results = {name: assess(name)["results"] for name in ("equipment", "software", "biotech")}

    def list_verdicts(name, *identifiers):
        return [find(results[name], identifier)["verdict"] for identifier in identifiers]

    check(list_verdicts("equipment", *(f"bse.BSE-{which}" for which in ("1A", "1B", "2", "3", "4"))) == ["pass", "pass", "fail", "open", "fail"],
          "1A and 1B are met, and 3 by the upper end of the value")
    parts = [find(results["equipment"], f"bse.{part}") for part in ("structure", "attribute", "issuance", "checks")]
    leaves = [(leaf["id"], leaf["verdict"]) for part in parts for leaf in list_leaves(part) if leaf["verdict"] not in ("pass", "na")]
    check(leaves == [("bse.structure.neeq_months", "fail"), ("bse.checks.fit", "open"), ("bse.checks.tutoring", "open")],
          "three months short, and two checks open", leaves)
    check([leaf["id"] for leaf in list_leaves(find(results["equipment"], "bse.BSE-3")) if leaf["verdict"] != "pass"] == ["bse.BSE-3.market_cap"],
          "only the value keeps standard 3 open")
    check(list_verdicts("software", "neeq.NEEQ-1", "neeq.by_figures", "neeq.checks.joint_stock") == ["pass", "pass", "fail"], "it lacks the share reform alone")
    check(list_verdicts("biotech", "sse_star.STAR-5.market_cap", "sse_star.STAR-5.stage_result", "sse_star.attribute.attr_revenue",
                        "sse_star.attribute.attr_rd", "bse.BSE-4", "neeq.NEEQ-4") == ["open", "fail", "na", "fail", "pass", "pass"],
          "set 5: the value is open, the stage is not reached, and revenue is not asked for")


def test_clauses_are_named_whole():
    """Rules of an exchange number their clauses by chapter."""
    text = re.sub(r"\s+", "", run("assess", DATA / "samples" / "equipment.json", "--as-of", AS_OF, "--lang", "zh", "--pack", "bse"))
    check("第2.1.3条(1)" in text and not re.search(r"条\.\d", text), "clause 2.1.3(1)", text[:400])


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    broken = 0
    print(f"1..{len(tests)}")
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} {name}", flush=True)
        except Exception as error:
            broken += 1
            print(f"not ok {number} {name}")
            print("# " + "".join(traceback.format_exception(error)).replace("\n", "\n# "), flush=True)
    return 1 if broken else 0


sys.exit(main())
