# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the built dengke-cli, named by DENGKE_CLI, as a user does, and prints TAP.

Golden files in golden/ hold the JSON of three samples on one day. Run with --update to write them anew, and read the
difference before committing it: a changed verdict is a changed promise.
"""

import difflib
import json
import os
import pathlib
import pty
import re
import select
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import unicodedata

import jsonschema

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = pathlib.Path(os.environ.get("DK_DATA_DIR", ROOT / "data"))
OWN_SAMPLES = ROOT / "tests" / "samples"
CLI = os.environ.get("DENGKE_CLI")
AS_OF = "2026-07-15"
ARGUMENTS = [argument for argument in sys.argv[1:] if argument != "--update"]
UPDATE = "--update" in sys.argv[1:]

# An enterprise at the edges of the law: each yearly figure is that of the last full year before AS_OF.
EDGE = {
    "name": "边界科技有限公司",
    "facts": {
        "founded_on": "2019-03-04",
        "is_resident": True,
        "restricted_product": False,
        "listed_abnormal": False,
        "listed_dishonest": False,
        "major_safety_accident": False,
        "major_quality_accident": False,
        "serious_environmental_violation": False,
        "serious_research_dishonesty": False,
        "staff": {"2025": 500},
        "st_staff": {"2025": 150},
        "revenue": {"2025": 200000000},
        "assets": {"2025": 200000000},
        "cost_total": {"2025": 180000000},
        "rd_tax": {"2025": 12000000},
        "ip_class1": 1,
        "ip_class2": 0,
    },
    "registers": {},
}


class Run:
    """What one call of the program left behind."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out[:3000]}\n--- stderr\n{self.err[:3000]}"


def make_environment(**changes):
    environment = {**os.environ, "DK_DATA_DIR": str(DATA), "XDG_DATA_HOME": str(HOME), "LC_ALL": "C.UTF-8"}
    environment.pop("LANGUAGE", None)
    environment.pop("NO_COLOR", None)
    environment.update({name: value for name, value in changes.items() if value is not None})
    for name, value in changes.items():
        if value is None:
            environment.pop(name, None)
    return environment


def run(*arguments, stdin=None, stdout=None, user=None, **environment):
    done = subprocess.run(
        [CLI, *map(str, arguments)],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        stdout=stdout or subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=make_environment(**environment),
        timeout=300,
        user=user,
    )
    out = (done.stdout or b"").decode("utf-8")
    err = done.stderr.decode("utf-8")
    result = Run(done.returncode, out, err)
    check(done.returncode >= 0, "killed by a signal", result)
    check("Sanitizer" not in err and "CRITICAL" not in err and "WARNING **" not in err, "fell over itself", result)
    return result


def run_on_terminal(*arguments, **environment):
    """The same with stdout and stderr on a terminal; both come back as one text."""
    master, slave = pty.openpty()
    process = subprocess.Popen([CLI, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
                               env=make_environment(TERM="xterm", **environment))
    os.close(slave)
    chunks = []
    while select.select([master], [], [], 120)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(master)
    return process.wait(timeout=60), b"".join(chunks).decode("utf-8")


def check(condition, what, context=None):
    if not condition:
        raise AssertionError(what if context is None else f"{what}\n{context!r}")


def write(name, content):
    path = TEMP / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def change(**facts):
    return {**EDGE, "facts": {**EDGE["facts"], **facts}}


def assess(enterprise, *arguments):
    done = run("assess", write("one.json", enterprise), "--as-of", AS_OF, "--format", "json", *arguments)
    check(done.code == 0, "assess fails", done)
    return json.loads(done.out)


def find(results, identifier):
    """The result of that id, wherever it stands in the tree."""
    for result in results:
        if result["id"] == identifier:
            return result
        found = find(result["children"], identifier)
        if found:
            return found
    return None


def load_schema(name):
    schema = json.loads((DATA / "schema" / name).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return schema


def measure(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def list_samples():
    """Those that Dengke comes with, and those of the tests."""
    return sorted([*(DATA / "samples").glob("*.json"), *OWN_SAMPLES.glob("*.json")])


def sample(name):
    return next(path for path in list_samples() if path.name == name)


# --- Help, version, and calls that are wrong ------------------------------------------------------------------------


def test_help_and_version():
    done = run("--version")
    check(done.code == 0 and re.fullmatch(r"dengke-cli \d+\.\d+\.\d+\n", done.out), "version", done)
    done = run("--help")
    check(done.code == 0 and not done.err, "help", done)
    for command in ("facts", "packs", "assess", "project", "eval", "workspace"):
        check(re.search(rf"^  {command} ", done.out, re.M), f"help names {command}", done)
        own = run(command, "--help")
        check(own.code == 0 and f"dengke-cli {command}" in own.out and "--lang" in own.out, f"help of {command}", own)
    check("--as-of" in run("assess", "--help").out, "help of assess names its options")


def test_wrong_calls_exit_1():
    one = write("one.json", EDGE)
    calls = [
        [],
        ["frobnicate"],
        ["--frobnicate"],
        ["facts", "--frobnicate"],
        ["facts", "no_such_fact"],
        ["facts", "--format", "xml"],
        ["facts", "--lang", "fr"],
        ["--lang", "fr", "facts"],
        ["packs", "frobnicate"],
        ["assess"],
        ["assess", one, "--as-of", "yesterday"],
        ["assess", one, "--as-of", "2026-02-30"],
        ["assess", one, "--as-of", "2026-7-15x"],
        ["assess", one, "--as-of", ""],
        ["assess", one, "--year", "12"],
        ["assess", one, "--year", "next"],
        ["assess", one, "--jobs", "-1"],
        ["assess", one, "--jobs", "99999999"],
        ["assess", one, "--pack", "no_such_pack"],
        ["eval"],
        ["eval", "1 + 1"],
        ["eval", "1 + 1", one, one],
        ["workspace"],
        ["workspace", "frobnicate"],
        ["workspace", "list"],
        ["workspace", "list", one, one],
        ["workspace", "add", TEMP / "new.dengke"],
        ["workspace", "extract", one, "1"],
        ["workspace", "extract", one, "-o", one],
        ["workspace", "history", one],
        ["workspace", "snapshot", one, "1"],
        ["workspace", "snapshot", one, "1", "title", "--as-of", "2026-02-30"],
        ["workspace", "check"],
    ]
    for call in calls:
        done = run(*call)
        check(done.code == 1, f"exit status of {call}", done)
        check(done.err.strip() and not done.out, f"complaint about {call}", done)
        check("--help" in done.err, f"hint after {call}", done)


def test_eval_refuses_bytes_that_are_no_text():
    done = subprocess.run([CLI, "eval", b"1 + \xff", str(write("one.json", EDGE))], capture_output=True,
                          env=make_environment(), timeout=60)
    check(done.returncode == 1, "exit status", done)


# --- Language -------------------------------------------------------------------------------------------------------


def has_chinese(text):
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def test_language_follows_locale_and_option():
    for changes, is_chinese in [
        ({"LC_ALL": "C.UTF-8"}, False),
        ({"LC_ALL": "C"}, False),
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": None, "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": None, "LC_MESSAGES": None, "LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
        ({"LC_ALL": None, "LC_MESSAGES": None, "LANG": None}, False),
    ]:
        done = run("--help", **changes)
        check(done.code == 0 and has_chinese(done.out) == is_chinese, f"language in {changes}", done)
    for locale in ("C", "C.UTF-8", "POSIX", "zh_CN.UTF-8", "xx_YY.UTF-8"):
        done = run("--lang", "zh", "--help", LC_ALL=locale)
        check(has_chinese(done.out), f"--lang zh in {locale}", done)
        done = run("--lang=en", "--help", LC_ALL=locale)
        check(not has_chinese(done.out), f"--lang en in {locale}", done)
        done = run("packs", "--lang", "zh", LC_ALL=locale)
        check("科技型中小企业" in done.out, f"packs in Chinese in {locale}", done)
        done = run("assess", "--lang", "zh", LC_ALL=locale)
        check(done.code == 1 and has_chinese(done.err), f"complaint in Chinese in {locale}", done)


def test_chinese_is_complete():
    """Nothing that a Chinese reader sees of the program itself is left in English."""
    listing = run("assess", write("one.json", change(staff={"2025": 501}, assets=None)), "--as-of", AS_OF, "--lang", "zh").out
    check(not re.search(r"[A-Za-z]{4,}", listing), "English words in the Chinese text", re.findall(r".*[A-Za-z]{4,}.*", listing))
    for command in ("facts", "packs", "assess", "project", "eval", "workspace"):
        own = run(command, "--help", "--lang", "zh").out
        check(re.search(r"^[^\x00-\x7f]", own, re.M) or has_chinese(own), f"help of {command} in Chinese", own)


# --- The catalogue and the packs ------------------------------------------------------------------------------------


def test_facts():
    done = run("facts", "--format", "json")
    check(done.code == 0 and not done.err, "facts", done)
    catalogue = json.loads(done.out)
    jsonschema.validate(catalogue, load_schema("facts.schema.json"))
    ids = [fact["id"] for fact in catalogue["facts"]]
    source = (DATA / "catalogue" / "facts.yaml").read_text(encoding="utf-8")
    check(ids == re.findall(r"^  - id: (\w+)$", source, re.M), "every fact of the catalogue, in its order")
    registers = {register["id"] for register in catalogue["registers"]}
    check("ip" in registers and "incidents" in registers, "registers")
    choices = {choice["id"]: choice for choice in catalogue["choices"]}
    for symbol in catalogue["facts"] + [column for register in catalogue["registers"] for column in register["columns"]]:
        check((symbol["type"] == "choice") == (symbol["choices"] is not None), "a choice names its options", symbol)
        check(symbol["choices"] is None or choices[symbol["choices"]]["options"], "the options are there", symbol)
    staff = next(fact for fact in catalogue["facts"] if fact["id"] == "staff")
    check(staff["unit"] == "count" and staff["period"] == "year" and staff["domain"]["low"] == "1" and staff["step"] == "1"
          and staff["change"] == ["up", "down"] and staff["label"]["zh"] == "职工总数", "the fact staff", staff)
    for language, label in (("zh", "职工总数"), ("en", "Staff")):
        listing = run("facts", "--lang", language)
        check(listing.code == 0 and all(name in listing.out for name in ids) and label in listing.out, "facts as text", listing)
        check(max(map(measure, listing.out.splitlines())) <= 100, "lines of at most 100 columns")
    one = json.loads(run("facts", "staff", "ip", "--format=json").out)
    check([fact["id"] for fact in one["facts"]] == ["staff"] and [r["id"] for r in one["registers"]] == ["ip"], "chosen facts", one)


def test_packs():
    done = run("--format", "json", "packs")
    check(done.code == 0 and not done.err, "packs", done)
    listing = json.loads(done.out)
    jsonschema.validate(listing, load_schema("packs.schema.json"))
    shipped = {re.search(r"^pack: (\S+)", path.read_text(encoding="utf-8"), re.M)[1] for path in (DATA / "packs").rglob("*.yaml")}
    check({pack["id"] for pack in listing["packs"]} == shipped and "stsme" in shipped, "every shipped pack", listing)
    for pack in listing["packs"]:
        check(pack["builtin"] and pack["versions"] and pack["rules"] > 0 and pack["examples"] > 0, "a shipped pack", pack)
        uses = {source["id"] for source in pack["sources"]}
        check(all(used["source"] in uses for version in pack["versions"] for used in version["sources"]), "sources", pack)
    stsme = next(pack for pack in listing["packs"] if pack["id"] == "stsme")
    check(stsme["versions"][0]["from"] == "2017-05-03" and stsme["versions"][-1]["to"] is None, "versions of stsme", stsme)
    text = run("packs").out
    check(all(name in text for name in shipped) and "2017-05-03" in text, "packs as text", text)


def test_check_of_the_shipped_packs():
    done = run("packs", "check")
    check(done.code == 0 and "stsme" in done.out, "packs check", done)
    report = json.loads(run("packs", "check", "--format", "json").out)
    jsonschema.validate(report, load_schema("check.schema.json"))
    listed = sum(pack["examples"] for pack in json.loads(run("packs", "--format", "json").out)["packs"])
    check(report["examples"] == listed, "every example that is listed was run", report)
    check(report["ok"] and report["packs"] >= 3 and report["examples"] >= report["packs"] and report["rules"] > 20, "figures", report)
    one = run("packs", "check", DATA / "packs" / "stsme.yaml")
    check(one.code == 0 and "size:" not in one.out, "a shipped pack by its path", one)


PACK = """\
pack: town
kind: certification
title: {zh: 本市企业, en: Town enterprise}
sources:
  town1:
    title: {zh: 本市办法, en: Measures of the town}
    number: 市发〔2026〕1号
    certainty: V
versions:
  - id: "2026"
    from: 2026-01-01
    source: "town1"
rules:
  - id: town
    title: {zh: 本市企业, en: Town enterprise}
    source: "town1#1"
    all: [large]
  - id: large
    title: {zh: 人数, en: Head count}
    source: "town1#2"
    require: "staff[0] >= 100"
examples:
  - title: At the limit
    as_of: 2026-07-15
    facts: {staff: 100}
    expect: {town: pass}
    cases:
      - {facts: {staff: 99}, expect: {town: fail}}
"""


def test_check_of_other_packs():
    good = write("packs/good.yaml", PACK)
    done = run("packs", "check", good)
    check(done.code == 0 and "town" in done.out and "stsme:" not in done.out, "a good pack", done)
    report = json.loads(run("packs", "check", good.parent, "--format", "json").out)
    check(report["ok"] and report["packs"] == 1 and report["rules"] == 2 and report["examples"] == 2, "figures", report)
    faults = {
        "syntax": (PACK.replace("rules:", "rules: ]["), 14),
        "unknown fact": (PACK.replace("staff[0] >=", "stafff[0] >="), 22),
        "unit": (PACK.replace(">= 100\"", ">= 100 days\""), 22),
        "example": (PACK.replace("expect: {town: pass}", "expect: {town: fail}"), 27),
        "case": (PACK.replace("{staff: 99}, expect: {town: fail}", "{staff: 99}, expect: {town: pass}"), 29),
        "unknown source": (PACK.replace('"town1#2"', '"town2#2"'), 21),
    }
    for name, (text, line) in faults.items():
        path = write("faulty.yaml", text)
        check(text != PACK, f"the fault {name} is there")
        done = run("packs", "check", path)
        check(done.code == 2, f"exit status of {name}", done)
        places = re.findall(rf"^{re.escape(str(path))}:(\d+):(\d+): .+$", done.err, re.M)
        check(places, f"a place in the file for {name}", done)
        check(any(abs(int(place[0]) - line) <= (1 if name == "syntax" else 2) for place in places), f"the line of {name}", done)
        report = json.loads(run("packs", "check", path, "--format", "json").out)
        jsonschema.validate(report, load_schema("check.schema.json"))
        check(not report["ok"] and report["problems"], f"the report on {name}", report)
    for path in (TEMP / "no-such.yaml", write("empty-folder/readme.txt", "").parent):
        done = run("packs", "check", path)
        check(done.code == 2 and str(path) in done.err, "nothing to check", done)


def test_own_packs():
    one = write("one.json", EDGE)
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "dengke" / "packs"
        folder.mkdir(parents=True)
        (folder / "town.yaml").write_text(PACK, encoding="utf-8")
        packs = json.loads(run("packs", "--format", "json", XDG_DATA_HOME=home).out)["packs"]
        check([pack["id"] for pack in packs if not pack["builtin"]] == ["town"], "an own pack is loaded", packs)
        done = run("assess", one, "--as-of", AS_OF, "--format", "json", "--pack", "town", XDG_DATA_HOME=home)
        check(done.code == 0 and [r["verdict"] for r in json.loads(done.out)["results"]] == ["pass"], "and used", done)

        (folder / "broken.yaml").write_text(PACK.replace("town", "hamlet").replace("staff[0]", "stafff[0]"), encoding="utf-8")
        done = run("assess", one, "--as-of", AS_OF, "--format", "json", XDG_DATA_HOME=home)
        results = {result["id"] for result in json.loads(done.out)["results"]}
        check(done.code == 2 and {"town", "stsme"} <= results and "hamlet" not in results, "a broken one is left out", done)
        check(re.search(r"broken\.yaml:\d+:\d+: ", done.err), "and reported", done)

        (folder / "broken.yaml").write_text(PACK.replace("town", "stsme"), encoding="utf-8")
        done = run("packs", "--format", "json", XDG_DATA_HOME=home)
        packs = {pack["id"]: pack for pack in json.loads(done.out)["packs"]}
        check(done.code == 2 and packs["stsme"]["builtin"] and "broken.yaml" in done.err, "no shipped pack is replaced", done)


# --- Assessments ----------------------------------------------------------------------------------------------------


# What the golden files hold: enough of each construct. Every pack has worked examples of its own, and test-samples.py compares the
# verdicts of the other samples.
GOLDEN = ["sike", "sike_b", "size", "stsme"]
GOLDEN_SAMPLES = {"half-filled.json", "just-misses.json", "passes.json"}


def test_samples_match_schema_and_golden_files():
    schema = load_schema("assessment.schema.json")
    samples = list_samples()
    check(GOLDEN_SAMPLES <= {path.name for path in samples}, "there are samples", samples)
    for path in samples:
        done = run("assess", path, "--as-of", AS_OF, "--format", "json", "--lang", "zh")
        check(done.code == 0 and not done.err, f"assess {path.name}", done)
        jsonschema.validate(json.loads(done.out), schema)
        if path.name not in GOLDEN_SAMPLES:
            continue
        done = run("assess", path, "--as-of", AS_OF, "--format", "json", "--lang", "zh", *sum((["--pack", pack] for pack in GOLDEN), []))
        check(done.code == 0 and not done.err, f"assess {path.name}", done)
        assessment = json.loads(done.out)
        text = json.dumps(assessment, ensure_ascii=False, indent=1) + "\n"
        golden = HERE / "golden" / path.name
        if UPDATE:
            golden.write_text(text, encoding="utf-8")
        check(golden.exists(), f"there is a golden file for {path.name}; --update writes it")
        lines = list(difflib.unified_diff(golden.read_text(encoding="utf-8").splitlines(), text.splitlines(),
                                          f"golden/{path.name}", "now", lineterm="", n=2))
        check(not lines, "\n".join([f"{path.name} is assessed differently:", *lines[:60]]))
    check({path.name for path in (HERE / "golden").glob("*.json")} == GOLDEN_SAMPLES, "no golden file without its sample")


def test_golden_files_hold_every_verdict():
    """A set of samples that only passes would not notice much."""
    verdicts = set()

    def collect(results):
        for result in results:
            verdicts.add(result["verdict"])
            collect(result["children"])

    for path in sorted((HERE / "golden").glob("*.json")):
        collect(json.loads(path.read_text(encoding="utf-8"))["results"])
    check({"pass", "fail", "open"} <= verdicts, "verdicts among the samples", verdicts)


def test_edges_of_the_law():
    at = assess(EDGE)
    check(at["enterprise"]["name"] == EDGE["name"] and at["as_of"] == AS_OF and at["year"] == 2025, "head", at)
    check(find(at["results"], "stsme")["verdict"] == "pass", "at every limit it passes", at)
    over = assess(change(staff={"2025": 501}))
    employees = find(over["results"], "stsme.employees")
    check(employees["verdict"] == "fail" and employees["value"]["low"] == "501" and employees["margin"]["low"] == "-1",
          "one more does not", employees)
    check(find(over["results"], "stsme")["verdict"] == "fail", "and the programme neither")
    over = assess(change(revenue={"2025": "200000000.01"}))
    check(find(over["results"], "stsme.revenue")["verdict"] == "fail", "one fen more does not")
    gone = assess(change(staff=None))
    employees = find(gone["results"], "stsme.employees")
    check(employees["verdict"] == "open" and {"staff"} == {ref["fact"] for ref in employees["missing"]}, "unknown is open", employees)


def test_as_of_and_year():
    shifted = write("one.json", EDGE)
    done = run("assess", shifted, "--as-of", "2027-01-01", "--year", "2025", "--format", "json", "--pack", "stsme")
    assessment = json.loads(done.out)
    check(assessment["as_of"] == "2027-01-01" and assessment["year"] == 2025, "day and year", done)
    check([r["verdict"] for r in assessment["results"]] == ["pass"], "the year is that which was asked for", done)
    done = run("assess", shifted, "--as-of", "2027-01-01", "--format", "json", "--pack", "stsme")
    check([r["verdict"] for r in json.loads(done.out)["results"]] == ["open"], "figures of 2026 are missing", done)
    done = run("assess", shifted, "--as-of", "2010-01-01", "--format", "json", "--pack", "stsme")
    check([r["verdict"] for r in json.loads(done.out)["results"]] == ["na"], "before the law", done)
    today = json.loads(run("assess", shifted, "--format", "json", "--pack", "stsme").out)
    check(re.fullmatch(r"\d{4}-\d{2}-\d{2}", today["as_of"]) and today["year"] == int(today["as_of"][:4]) - 1, "today", today)


def test_text_at_a_glance():
    path = write("one.json", change(staff={"2025": 501}))
    for language, verdict, gap, label in (("zh", "未通过", "超出", "职工总数"), ("en", "Fail", "too much", "Staff")):
        done = run("assess", path, "--as-of", AS_OF, "--lang", language)
        check(done.code == 0 and not done.err, "assess as text", done)
        lines = done.out.splitlines()
        check(EDGE["name"] in lines[0] and AS_OF in lines[0], "the head", done)
        summary = lines[2:2 + done.out.split("\n\n")[0].count("\n") - 1]
        check(any(line.startswith("■") and verdict in line for line in summary), "the verdict is in the table", summary)
        check(gap in done.out and label in done.out and "500" in done.out, "what is missing", done)
        check("国科发政〔2017〕115号" in done.out, "the source", done)
        check(max(map(measure, lines)) <= 100, "lines of at most 100 columns", [line for line in lines if measure(line) > 100])
        check("\033" not in done.out, "no colours in a file")
    brief = run("assess", path, "--as-of", AS_OF, "--brief")
    check(len(brief.out.splitlines()) * 10 < len(lines) and "■" in brief.out, "the short form", brief)


def test_open_facts_and_next_question():
    path = write("one.json", {"name": "新公司", "facts": {"is_resident": True}, "registers": {}})
    done = run("assess", path, "--as-of", AS_OF, "--lang", "zh")
    check(done.code == 0 and "◌" in done.out and "待定" in done.out, "open", done)
    check("缺" in done.out, "what is missing", done)
    check("下一步" in done.out.splitlines()[-1], "the next question ends the text", done)
    full = run("assess", sample("passes.json"), "--as-of", AS_OF, "--lang", "zh", "--pack", "stsme")
    check(full.code == 0 and "下一步" not in full.out, "nothing is asked that changes no verdict", full)


def test_what_is_due():
    """The sample's number waits for this year's window: by its last day it is to be renewed; with no certificates nothing is."""
    out = run("assess", sample("passes.json"), "--as-of", AS_OF, "--lang", "en").out
    check("What is due, and by when" in out, "no days", out)
    check("2026-08-31  Tech SME · Update the form and rate yourself" in out, "the renewal is not said", out)
    without = json.loads(sample("passes.json").read_text("utf-8"))
    without["registers"]["certificates"] = {"complete": True, "rows": []}
    out = run("assess", "-", "--as-of", "2025-02-03", "--lang", "en", stdin=json.dumps(without).encode()).out
    check("What is due" not in out, "days that nothing asks for", out)


def test_ways_out():
    for language, ways in (
        ("zh", ("只改这一项即可通过：科技人员数（2025年）：29 → 30（+3.4 %），现有人员转岗，职工总数不变",
                "或者：职工总数（2025年）：100 → 96", "或者：科技人员数（2025年）：29 → 31（+6.9 %），新招，职工总数同增")),
        ("en", ("This alone makes it pass: S&T staff (2025): 29 → 30 (+3.4 %), by moving people who are there (Staff stays the same)",
                "or: Staff (2025): 100 → 96", "or: S&T staff (2025): 29 → 31 (+6.9 %), by hiring (Staff grows by as many)")),
    ):
        done = run("assess", sample("just-misses.json"), "--as-of", AS_OF, "--lang", language)
        unwrapped = re.sub(r"\n +", " " if language == "en" else "", done.out)
        places = [unwrapped.find(way) for way in ways]
        check(-1 not in places and places == sorted(places), f"moving, reducing, hiring in {language}", done)


def test_words_of_formulas():
    for path in list_samples():
        done = run("assess", path, "--as-of", AS_OF, "--lang", "zh")
        check(not re.search(r": (满足|不满足|待定|不适用)", done.out) and "待定：待定" not in done.out, f"signs in {path.name}", done)
    half = sample("half-filled.json")
    check("资产总额（未填） ≤ 2亿元：待定" in run("assess", half, "--as-of", AS_OF, "--lang", "zh").out, "not answered")
    check("Total assets (not answered) ≤ CNY 200,000,000: open" in run("assess", half, "--as-of", AS_OF).out, "not answered, in English")


def test_colours_only_on_a_terminal():
    path = write("one.json", EDGE)
    code, text = run_on_terminal("assess", path, "--as-of", AS_OF)
    check(code == 0 and "\033[32m" in text, "colours on a terminal", text)
    code, text = run_on_terminal("assess", path, "--as-of", AS_OF, NO_COLOR="1")
    check(code == 0 and "\033" not in text, "none with NO_COLOR", text)


def test_names_cannot_steer_the_terminal():
    path = write("one.json", {**EDGE, "name": "坏\u001b[2J\u202e名"})
    done = run("assess", path, "--as-of", AS_OF)
    check(done.code == 0 and "\033" not in done.out and "\u202e" not in done.out, "escape sequences", done)
    path = write("bad.json", '{"name": "x", "facts": {"\\u001b[2J": 1}}')
    done = run("assess", path, "--as-of", AS_OF)
    check(done.code == 2 and "\033" not in done.err, "nor through a message", done)


def test_standard_input():
    done = run("assess", "-", "--as-of", AS_OF, "--format", "json", stdin=json.dumps(EDGE).encode())
    check(done.code == 0 and json.loads(done.out)["enterprise"]["name"] == EDGE["name"], "from a pipe", done)


def test_several_files():
    folder = TEMP / "many"
    names = [f"企业{i:02}" for i in range(20)]
    for i, name in enumerate(names):
        write(f"many/{i:02}.json", {**change(staff={"2025": 490 + i}), "name": name})
    write("many/readme.txt", "not an enterprise")
    outputs = [run("assess", folder, "--as-of", AS_OF, "--format", "json", "--jobs", jobs) for jobs in (1, 2, 16)]
    check(all(done.code == 0 for done in outputs), "a folder", outputs[0])
    assessments = json.loads(outputs[0].out)
    check([a["enterprise"]["name"] for a in assessments] == names, "in the order of the files", outputs[0])
    check([find(a["results"], "stsme.employees")["verdict"] for a in assessments] == ["pass"] * 11 + ["fail"] * 9, "each its own")
    check(outputs[0].out == outputs[1].out == outputs[2].out, "however many are assessed at once")
    one = run("assess", folder / "00.json", "--as-of", AS_OF, "--format", "json")
    check(json.loads(one.out) == assessments[0], "one file is an object", one)
    two = json.loads(run("assess", folder / "05.json", folder / "01.json", "--as-of", AS_OF, "--format", "json").out)
    check([a["enterprise"]["name"] for a in two] == [names[5], names[1]], "in the order that was asked for")
    text = run("assess", folder, "--as-of", AS_OF, "--jobs", "4").out
    check([line.split()[0] for line in text.splitlines()[1:21]] == names, "the overview comes first", text[:3000])
    only = write("single/a.json", EDGE)
    check(isinstance(json.loads(run("assess", only.parent, "--as-of", AS_OF, "--format", "json").out), list), "a folder is a list")


def test_a_bad_file_among_good_ones():
    good = write("mix/a.json", EDGE)
    write("mix/b.json", '{"name": "b", "facts": {"staff": ')
    write("mix/c.json", {**EDGE, "name": "c"})
    done = run("assess", good.parent, TEMP / "nowhere.json", "--as-of", AS_OF, "--format", "json")
    check(done.code == 2, "exit status", done)
    check([a["enterprise"]["name"] for a in json.loads(done.out)] == [EDGE["name"], "c"], "the others go on", done)
    check("b.json:1:" in done.err and "nowhere.json" in done.err, "both are reported", done)


def test_progress():
    folder = TEMP / "many"
    for i in range(3):
        write(f"few/{i}.json", EDGE)
    done = run("assess", TEMP / "few", "--as-of", AS_OF, "--format", "json", "--progress")
    check(done.err.splitlines() == ["1 / 3", "2 / 3", "3 / 3"], "asked for", done)
    check(not run("assess", TEMP / "few", "--as-of", AS_OF, "--format", "json").err, "not asked for")
    code, text = run_on_terminal("assess", TEMP / "few", "--as-of", AS_OF, "--brief")
    check(code == 0 and "\r1 / 3" in text, "on a terminal", text)
    write("few/1.json", "{")
    code, text = run_on_terminal("assess", TEMP / "few", "--as-of", AS_OF, "--brief")
    check(code == 2 and re.search(r"\r\x1b\[K[^\r\n]*1\.json:1:", text), "a message stands on a line of its own", text)


def test_many_files():
    """Results come in the order of the files, the overview first, and none of them stays in memory."""
    folder = TEMP / "crowd"
    for i in range(400):
        write(f"crowd/{i:03}.json", "{" if i == 200 else {**change(staff={"2025": 300 + i}), "name": f"企业{i:03}"})
    wanted = [f"企业{i:03}" for i in range(400) if i != 200]
    environment = make_environment(ASAN_OPTIONS="quarantine_size_mb=1:" + os.environ.get("ASAN_OPTIONS", ""))
    # A process inherits the peak of the one that starts it: a small one does.
    measure = "import os, sys; p = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:]); _, s, u = os.wait4(p, 0); " \
              "sys.stderr.write(f'\\n{os.waitstatus_to_exitcode(s)} {u.ru_maxrss}')"
    peaks = []
    for files in ([folder / "000.json", folder / "001.json"], [folder]):
        with open(TEMP / "out.txt", "wb") as out, open(TEMP / "err.txt", "wb") as err:
            subprocess.run([sys.executable, "-S", "-c", measure, CLI, "assess", *files, "--as-of", AS_OF, "--jobs", "2"],
                           stdout=out, stderr=err, env=environment, timeout=300, check=True)
        peaks.append(tuple(map(int, (TEMP / "err.txt").read_text("utf-8").split()[-2:])))
    text = (TEMP / "out.txt").read_text("utf-8")
    check(peaks[0][0] == 0 and peaks[1][0] == 2 and "200.json:1:" in (TEMP / "err.txt").read_text("utf-8"), "the bad one is named", str(peaks))
    check([line.split()[0] for line in text.splitlines()[1:400]] == wanted, "the overview comes first", text[:3000])
    check(re.findall(r"^企业\d+", "\n".join(text.splitlines()[400:]), re.M) == wanted, "then each, in order", text[-3000:])
    check(1024 * (peaks[1][1] - peaks[0][1]) < len(text.encode()) / 2, "what is printed does not pile up in memory",
          f"{len(text.encode())} bytes were printed; with 2 files {peaks[0][1]} KiB were used, with 400 {peaks[1][1]} KiB")


# --- Input that is wrong --------------------------------------------------------------------------------------------


def make_bad_files():
    whole = json.dumps(EDGE, ensure_ascii=False)
    yield "truncated", whole[: len(whole) // 2]
    yield "cut-in-a-character", whole.encode("utf-8")[:14]
    yield "empty", ""
    yield "blank", " \n\n"
    yield "no-json", "staff: 12\nrevenue: 3\n"
    yield "binary", bytes(range(256)) * 20
    yield "nul", b'{"name": "a\x00b", "facts": {}}'
    yield "latin1", '{"name": "caf\u00e9"}'.encode("latin-1")
    yield "trailing", whole + "}"
    yield "two-values", whole + whole
    yield "comma", '{"name": "x", "facts": {"is_resident": true,}}'
    yield "deep-lists", "[" * 100000
    yield "deep-objects", '{"facts":' * 100000
    yield "deep-in-a-fact", '{"name": "x", "facts": {"staff": ' + "[" * 5000 + "]" * 5000 + "}}"
    yield "huge", b'{"name": "' + b"x" * (66 * 1024 * 1024) + b'"}'
    yield "duplicate-fact", '{"name": "x", "facts": {"is_resident": true, "is_resident": false}}'
    yield "duplicate-year", '{"name": "x", "facts": {"staff": {"2025": 1, "2025": 2}}}'
    yield "duplicate-part", '{"name": "x", "facts": {}, "facts": {}}'
    yield "a-list", "[]"
    yield "a-number", "12"
    yield "a-null", "null"
    yield "name-is-a-number", '{"name": 12, "facts": {}}'
    yield "facts-are-a-list", '{"name": "x", "facts": []}'
    yield "registers-are-a-list", '{"name": "x", "facts": {}, "registers": []}'
    yield "unknown-part", '{"name": "x", "fact": {}}'
    yield "unknown-fact", '{"name": "x", "facts": {"stafff": {"2025": 12}}}'
    yield "text-for-a-number", '{"name": "x", "facts": {"staff": {"2025": "many"}}}'
    yield "truth-for-a-number", '{"name": "x", "facts": {"staff": {"2025": true}}}'
    yield "number-for-a-truth", '{"name": "x", "facts": {"is_resident": 1}}'
    yield "text-for-a-truth", '{"name": "x", "facts": {"is_resident": "perhaps"}}'
    yield "list-for-a-number", '{"name": "x", "facts": {"staff": {"2025": [12]}}}'
    yield "object-for-a-number", '{"name": "x", "facts": {"staff": {"2025": {"a": 1}}}}'
    yield "no-year", '{"name": "x", "facts": {"staff": 12}}'
    yield "year-is-no-year", '{"name": "x", "facts": {"staff": {"last": 12}}}'
    yield "year-out-of-range", '{"name": "x", "facts": {"staff": {"99999999999999999999": 12}}}'
    yield "quarter-for-a-year", '{"name": "x", "facts": {"staff": {"2025-Q1": 12}}}'
    yield "negative-staff", '{"name": "x", "facts": {"staff": {"2025": -1}}}'
    yield "half-a-person", '{"name": "x", "facts": {"staff": {"2025": 12.5}}}'
    yield "absurd-exponent", '{"name": "x", "facts": {"revenue": {"2025": 1e999999999}}}'
    yield "absurd-digits", '{"name": "x", "facts": {"revenue": {"2025": ' + "9" * 5000 + "}}}"
    yield "nan", '{"name": "x", "facts": {"revenue": {"2025": NaN}}}'
    yield "infinity", '{"name": "x", "facts": {"revenue": {"2025": Infinity}}}'
    yield "range-upside-down", '{"name": "x", "facts": {"staff": {"2025": {"from": 55, "to": 45}}}}'
    yield "no-date", '{"name": "x", "facts": {"founded_on": "last spring"}}'
    yield "date-that-is-none", '{"name": "x", "facts": {"founded_on": "2025-02-30"}}'
    yield "no-code", '{"name": "x", "facts": {"industry": "ZZ99"}}'
    yield "uscc", '{"name": "x", "facts": {"uscc": "91350211M00013FG1X"}}'
    yield "unknown-register", '{"name": "x", "facts": {}, "registers": {"cars": {"complete": true, "rows": []}}}'
    yield "unknown-column", '{"name": "x", "facts": {}, "registers": {"ip": {"complete": true, "rows": [{"colour": "red"}]}}}'
    yield "rows-are-an-object", '{"name": "x", "facts": {}, "registers": {"ip": {"complete": true, "rows": {}}}}'
    yield "a-row-is-a-number", '{"name": "x", "facts": {}, "registers": {"ip": {"complete": true, "rows": [1]}}}'
    yield "complete-is-text", '{"name": "x", "facts": {}, "registers": {"ip": {"complete": "yes", "rows": []}}}'
    yield "no-option", '{"name": "x", "facts": {}, "registers": {"ip": {"complete": true, "rows": [{"kind": "song"}]}}}'


def test_bad_files():
    for name, content in make_bad_files():
        path = write(f"bad/{name}.json", content)
        done = run("assess", path, "--as-of", AS_OF, "--format", "json")
        check(done.code == 2, f"exit status of {name}", done)
        check(not done.out, f"nothing on stdout for {name}", done)
        check(re.search(rf"^{re.escape(str(path))}(:\d+:\d+)?: \S.{{5,}}", done.err, re.M), f"a message for {name}", done)
        check("warning:" not in done.err.splitlines()[0], f"an error for {name}", done)
        check(len(done.err) < 100000 and all(len(line) < 1000 for line in done.err.splitlines()), f"a short message for {name}",
              Run(done.code, "", done.err[:500]))
        path.unlink()


def test_errors_are_in_the_right_place():
    path = write("bad.json", '{\n  "name": "x",\n  "facts": {\n    "is_resident": true,\n    "名": 1,\n    "staff": {"2025": "many"}\n  }\n}\n')
    done = run("assess", path, "--as-of", AS_OF)
    check(f"{path}:5:5: " in done.err, "the unknown fact", done)
    check(f"{path}:6:23: " in done.err, "the wrong figure, in the same run", done)


def test_files_that_cannot_be_read():
    done = run("assess", TEMP / "no-such-file.json", "--as-of", AS_OF)
    check(done.code == 2 and "no-such-file.json" in done.err, "a missing file", done)
    empty = TEMP / "nothing-here"
    empty.mkdir(exist_ok=True)
    done = run("assess", empty, "--as-of", AS_OF)
    check(done.code == 2 and "nothing-here" in done.err, "a folder without files", done)
    (TEMP / "folder.json").mkdir(exist_ok=True)
    done = run("assess", TEMP / "folder.json", "--as-of", AS_OF)
    check(done.code == 2 and "folder.json" in done.err, "a folder with the name of a file", done)
    done = run("eval", "1 + 1", TEMP / "folder.json")
    check(done.code == 2 and "folder.json" in done.err, "a folder for eval", done)
    done = run("assess", "/dev/null", "--as-of", AS_OF)
    check(done.code == 2 and done.err, "nothing at all", done)


def test_unreadable_file():
    # A link that leads to itself is a file that nobody can open, root included.
    path = TEMP / "loop.json"
    path.symlink_to(path.name)
    done = run("assess", path, "--as-of", AS_OF)
    path.unlink()
    check(done.code == 2 and "loop.json" in done.err and not done.out, "an unreadable file", done)


def test_missing_data():
    done = run("packs", DK_DATA_DIR=str(TEMP / "no-data"))
    check(done.code == 2 and "no-data" in done.err and not done.out, "a data folder that is not there", done)


def test_full_disk():
    with open("/dev/full", "wb") as full:
        done = run("facts", "--format", "json", stdout=full)
    check(done.code == 2 and done.err, "an output that cannot be written", done)


# --- Expressions ----------------------------------------------------------------------------------------------------


def validate_evaluation(answer):
    schema = load_schema("eval.schema.json")
    here = (DATA / "schema" / "eval.schema.json").resolve().as_uri()
    shared = (DATA / "schema" / "assessment.schema.json").resolve().as_uri()
    resolver = jsonschema.RefResolver(here, schema, store={shared: load_schema("assessment.schema.json")})
    jsonschema.Draft7Validator(schema, resolver=resolver).validate(answer)


def evaluate(expression, enterprise=EDGE):
    done = run("eval", expression, write("one.json", enterprise), "--as-of", AS_OF, "--format", "json")
    check(done.code == 0, f"eval {expression}", done)
    answer = json.loads(done.out)
    validate_evaluation(answer)
    check(answer["expression"] == expression and answer["as_of"] == AS_OF and answer["year"] == 2025, "the head", answer)
    return answer["result"]


def test_eval():
    share = evaluate("st_staff[0] / staff[0]")
    check(share["value"] == {"low": "0.3", "high": "0.3", "unit": "ratio"} and not share["missing"], "a figure", share)
    check({ref["fact"] for ref in share["facts"]} == {"st_staff", "staff"} and share["facts"][0]["period"] == "2025", "facts", share)
    check("150" in share["formula"] and "500" in share["formula"], "the formula with figures", share)
    limit = evaluate("staff[0] <= 500")
    check(limit["value"] == {"one_of": [True]} and limit["verdict"] == "pass" and limit["formula"].endswith(": met"), "a truth", limit)
    check(evaluate("1 / 3")["value"]["low"] == "1/3", "exact")
    grown = change(revenue={"2024": 100, "2025": 120})
    check(evaluate("revenue[0] / revenue[-1] - 1 >= 20%", grown)["value"] == {"one_of": [True]}, "exact where the law draws its line")
    check(evaluate("1 / 0")["value"] == {"unit": "plain", "undefined": True}, "undefined")
    missing = evaluate("staff[0] + st_staff[0]", change(staff=None))
    check([ref["fact"] for ref in missing["missing"]] == ["staff"] and missing["value"]["high"] is None, "missing", missing)
    between = evaluate("staff[0] * 2", change(staff={"2025": {"from": 200, "to": 255}}))
    check(between["value"]["low"] == "400" and between["value"]["high"] == "510", "a range", between)
    score = evaluate("stsme.score")
    check(score["value"]["unit"] == "points" and score["uses"] == ["stsme.score"], "a rule of a pack", score)
    check(evaluate("as_of + 1 months")["value"] == {"one_of": ["2026-08-15"]}, "a date")
    check(evaluate("size.class", change(industry="I6513", employees={"2025": 500}))["value"]["one_of"] == ["large"], "a choice")
    check(evaluate("industry", change(industry="I6513"))["value"] == {"one_of": ["I6513"]}, "a code")
    text = run("eval", "st_staff[0] / staff[0]", write("one.json", EDGE), "--as-of", AS_OF, "--lang", "zh")
    check(text.code == 0 and "30" in text.out.splitlines()[0] and "职工总数" in text.out, "as text", text)


CONTRADICTING = """{"name": "甲", "facts": {"founded_on": "2019-03-04", "revenue": {"2025": 100}, "rd_tax": {"2025": 50}, "staff": {"2025": 10},
 "st_staff": {"2025": 11}, "net_assets": {"2025": 7}, "assets": {"2025": 9}, "liabilities": {"2025": 3}},
 "sources": {"audit_report": {"revenue": {"2025": 100}}, "tax_return": {"revenue": {"2025": 99}}},
 "registers": {"rd_costs": {"complete": true, "rows": [{"project": "A", "in_year": 2025, "tax_amount": 40}]},
  "rd_projects": {"complete": true, "rows": [{"number": "A", "started_on": "2025-01-01", "ended_on": "none"},
                                             {"number": "B", "started_on": "2025-01-02", "ended_on": "2025-01-01"}]}}}"""


def test_notes():
    """Findings stand in the file, the workspace and the answer; no verdict rests on them; what is explained is told apart."""
    schema = load_schema("assessment.schema.json")
    plain = json.loads(CONTRADICTING)
    plain["facts"]["nominee_holding"] = False
    noted = {**plain, "notes": {"nominee_holding": {"finding": "holders were asked", "evidence": "minutes p. 3"},
                                "source:revenue@2025:tax_return": {"finding": "deemed sales", "explains": "99 | 100"},
                                "derived:net_assets@2025": {"finding": "old", "explains": "1 | 2"}}}
    files = [write("plain.json", json.dumps(plain)), write("noted.json", json.dumps(noted))]
    answers = [json.loads(run("assess", one, "--as-of", AS_OF, "--format", "json", "--pack", "checks", "--pack", "bse").out) for one in files]
    for answer in answers:
        jsonschema.validate(answer, schema)
    item = {one["rule"]: one for one in answers[1]["results"][0]["checklist"]}["bse.checks.nominee"]
    check(item["note"] == {"finding": "holders were asked", "evidence": "minutes p. 3"} and item["looked_into"] and item["asked"]
          and item["fact"] == "nominee_holding" and item["answer"] is not None, "what was found", item)
    explained = [(one["subject"], one["explained"]) for one in answers[1]["checks"]["disagreements"]]
    check(explained[-1] == ("source:revenue@2025:tax_return", True) and ("derived:net_assets@2025", False) in explained and len(explained) == 5,
          "only figures that are still the same are explained, and they come last", explained)

    def strip(answer):
        results = json.loads(json.dumps(answer["results"]))
        for result in results:
            for one in result.get("checklist", []):
                one["note"] = None
        return results

    check(strip(answers[0]) == strip(answers[1]), "no verdict rests on a note", answers)
    text = run("assess", files[1], "--as-of", AS_OF, "--pack", "checks", "--pack", "bse", "--lang", "en").out
    check("Cross-checks  4 contradictions · 1 explained" in text and "Explained: deemed sales" in text
          and "Explained when the figures were others: old" in text and "holders were asked · minutes p. 3" in text and "Steps  by usual lengths" in text,
          "for people", text)

    workspace = TEMP / "noted.dengke"
    run("workspace", "add", workspace, files[1])
    kept = json.loads(run("assess", workspace, "--as-of", AS_OF, "--format", "json", "--pack", "checks", "--pack", "bse").out)[0]
    check(kept["checks"] == answers[1]["checks"], "a workspace keeps what explains", kept["checks"])
    check(kept["results"] == answers[1]["results"], "and what was found", kept["results"])
    later = json.loads(run("assess", files[0], "--as-of", "2026-12-15", "--format", "json", "--pack", "bse").out)["results"][0]
    check(later["steps_end"]["earliest"] > answers[0]["results"][0]["steps_end"]["earliest"], "days move with the day of assessment", later["steps_end"])
    wrong = run("assess", write("wrong-note.json", '{"notes": {"nominee_holdin": {"finding": "a"}}}'))
    check(wrong.code == 2 and "1:12" in wrong.err and "nominee_holding" in wrong.err, "a wrong subject is pointed at", wrong)


def test_cross_checks():
    """Every kind of contradiction, with its amount and place; the same from a workspace, and none of it a verdict."""
    one = write("contradicting.json", CONTRADICTING)
    schema = load_schema("assessment.schema.json")
    done = run("assess", one, "--as-of", AS_OF, "--format", "json", "--pack", "checks")
    check(done.code == 0 and done.err.count("warning") == 1, "one part is more than its whole, which is told when it is read", done)
    answer = json.loads(done.out)
    jsonschema.validate(answer, schema)
    check(answer["packs"] == [] and answer["results"] == [] and answer["next_question"] is None, "no programme, no question", answer)
    found = [(one["kind"], one["fact"] or one["rule"], one["period"], one["register"], one["rows"], one.get("amount", {}).get("low"))
             for one in answer["checks"]["disagreements"]]
    check(found == [("source", "revenue", "2025", None, [], "-1"), ("derived", "net_assets", "2025", None, [], "1"),
                    ("part", "st_staff", "2025", None, [], "1"), ("rule", "checks.ledger_tax", None, "rd_costs", [], "-10"),
                    ("rule", "checks.project_dates", None, "rd_projects", [2], None)], "what contradicts, where, and by how much", found)
    tax = answer["checks"]["disagreements"][0]
    check(tax["share"]["low"] == "-0.01" and tax["sides"][0]["source"] == "tax_return" and "source" not in tax["sides"][1], "who says it", tax)
    check([line["figures"][0]["value"]["low"] for line in answer["checks"]["measures"][0]["lines"] if line["id"] == "checks.rd_by_tax"] == ["50"],
          "the measures", answer["checks"]["measures"])

    text = run("assess", one, "--as-of", AS_OF, "--pack", "checks", "--lang", "en").out
    check("Cross-checks  5 contradictions" in text and "Yearly income tax return: CNY 99" in text and "Where: R&D projects, row 2" in text, "for people", text)
    brief = run("assess", one, "--as-of", AS_OF, "--brief", "--lang", "en").out
    check("Cross-checks" not in brief, "not among the verdicts", brief)
    alone = run("assess", one, "--as-of", AS_OF, "--pack", "size", "--format", "json")
    check("checks" not in json.loads(alone.out), "only where it was asked for", alone)

    workspace = TEMP / "contradicting.dengke"
    run("workspace", "add", workspace, one)
    kept = json.loads(run("assess", workspace, "--as-of", AS_OF, "--format", "json", "--pack", "checks").out)[0]
    check(kept["checks"] == answer["checks"], "a workspace keeps what sources say", kept["checks"])

    wrong = run("assess", write("source.json", '{"sources": {"tax_retur": {}}}'), "--as-of", AS_OF)
    check(wrong.code == 2 and 'source.json:1:14: there is no source of figures "tax_retur"; did you mean tax_return?' in wrong.err, "an unknown source", wrong)


def test_where_a_value_comes_from():
    passes = sample("passes.json")
    done = run("eval", "stsme.score", passes, "--as-of", AS_OF, "--tree", "--lang", "en")
    lines = done.out.splitlines()
    check(done.code == 0 and any(line.startswith("        ÷ Revenue") for line in lines), "a step a line, indented", done)
    check(any("worked out from other answers" in line for line in lines) and any("rows that count" in line for line in lines), "down to the list", done)
    answer = json.loads(run("eval", "stsme.score", passes, "--as-of", AS_OF, "--tree", "--format", "json").out)
    validate_evaluation(answer)
    tree = answer["tree"]
    check(tree["kind"] == "rule" and tree["target"] == "stsme.score" and tree["verdict"] == "pass", "the rule on top, and how it ended", tree)
    kinds = {node["kind"] for node in walk(tree)}
    check(kinds == {"rule", "step", "fact", "register"}, "all kinds", kinds)
    typed = json.loads(run("eval", "staff[0] * 2", passes, "--as-of", AS_OF, "--tree", "--format", "json").out)["tree"]
    check("Staff" in typed["name"] or "职工总数" in typed["name"], "an expression is called by its formula", typed)
    check("tree" not in json.loads(run("eval", "staff[0]", passes, "--as-of", AS_OF, "--format", "json").out), "only when asked for")


def walk(node):
    yield node
    for child in node["children"]:
        yield from walk(child)


def test_a_rule_evaluates_to_what_assess_says():
    for path in list_samples():
        assessed = json.loads(run("assess", path, "--as-of", AS_OF, "--format", "json").out)
        for rule in ("stsme.score", "size.class", "stsme.number_valid"):
            tree = find(assessed["results"], rule)
            alone = json.loads(run("eval", rule, path, "--as-of", AS_OF, "--format", "json").out)["result"]
            check(alone["value"] == tree["value"], f"{rule} of {path.name}", (alone["value"], tree["value"]))


def test_a_year_without_rows_is_not_known():
    """A complete list by year says nothing about a year of which it has no row; that there is nothing at all says it of every year."""
    person = {"name": "甲", "in_year": 2025, "kind": "regular", "degree": "doctor"}
    listed = {"name": "新公司", "facts": {"founded_on": "2015-01-01"}, "registers": {"people": {"complete": True, "rows": [person]}}}
    check(evaluate("postgraduate_staff[0]", listed)["value"]["low"] == "1", "the year of the row")
    check("2024" in json.dumps(evaluate("postgraduate_staff[-1]", listed)["missing"]), "the year before is asked for")
    none = {"name": "新公司", "facts": {"founded_on": "2015-01-01"}, "registers": {"products": {"complete": True, "rows": []}}}
    value = evaluate("hightech_income[-1]", none)["value"]
    check(value["low"] == value["high"] == "0", "no product, no income", value)


def test_eval_errors():
    one = write("one.json", EDGE)
    for expression in ("1 +", "no_such_fact", "staff[0] + revenue[0]", "staff", "(" * 5000, "1 " * 40000, "", "'", "x[0..", "staff[0"):
        done = run("eval", expression, one, "--as-of", AS_OF)
        check(done.code == 2 and done.err and not done.out, f"eval {expression[:20]}", done)
    done = run("eval", "staff[0] + nothing", one, "--as-of", AS_OF)
    check(done.err.startswith("expression:1:12: "), "the column of the fault", done)
    done = run("eval", "1 + 1", TEMP / "no-such-file.json")
    check(done.code == 2 and "no-such-file.json" in done.err, "no enterprise", done)


# --- The workspace --------------------------------------------------------------------------------------------------


def run_workspace(*arguments, code=0):
    """The JSON that a command of workspace writes, or None."""
    done = run("workspace", *arguments, "--format", "json")
    check(done.code == code, f"exit status of workspace {arguments[0]}", done)
    if not done.out:
        return None
    answer = json.loads(done.out)
    jsonschema.validate(answer, load_schema("workspace.schema.json"))
    return answer


def make_workspace(name):
    path = TEMP / name
    files = [write(f"ws/{i}.json", {**change(staff={"2025": 100 + i}), "name": f"企业{i}"}) for i in range(3)]
    run_workspace("add", path, *files)
    return path


def test_workspace_add_and_list():
    path = TEMP / "add.dengke"
    samples = list_samples()
    added = run_workspace("add", path, *samples)["enterprises"]
    names = {json.loads(sample.read_text(encoding="utf-8"))["name"] for sample in samples}
    check({entry["name"] for entry in added} == names, "what was added", added)
    check(run_workspace("list", path)["enterprises"] == added, "what is listed", added)
    more = run_workspace("add", path, write("one.json", EDGE))["enterprises"]
    check([entry["name"] for entry in more] == [EDGE["name"]] and more[0]["id"] == len(samples) + 1, "only the new one", more)
    for language in ("zh", "en"):
        text = run("workspace", "list", path, "--lang", language)
        check(text.code == 0 and all(re.search(rf"^ *{entry['id']}  {re.escape(entry['name'])} +20\d\d-\d\d-\d\d \d\d:\d\d$", text.out, re.M)
                                     for entry in added), "the list as text", text)
    check([entry.name for entry in TEMP.glob("add.dengke*")] == ["add.dengke"], "one file, and nothing beside it")


def test_workspace_extract_gives_back_what_was_added():
    path = TEMP / "exact.dengke"
    run_workspace("add", path, *list_samples())
    for number, sample in enumerate(list_samples(), 1):
        out = TEMP / "out.json"
        check(run("workspace", "extract", path, number, "-o", out).code == 0, "extract")
        # Text by text, so that no figure goes through a floating point number.
        exact = [json.loads(file.read_text(encoding="utf-8"), parse_float=str, parse_int=str) for file in (sample, out)]
        for part in ("name", "facts"):
            check(exact[0][part] == exact[1][part], f"{part} of {sample.name}", exact)
        filled = {name: register for name, register in exact[0].get("registers", {}).items() if register["rows"] or register["complete"]}
        check(filled == exact[1]["registers"], f"registers of {sample.name}", exact)


def test_workspace_moves_enterprises():
    path = make_workspace("move.dengke")
    run_workspace("snapshot", path, "企业1", "2026 申报", "--as-of", AS_OF)
    out = TEMP / "single.dengke"
    check(run("workspace", "extract", path, "企业1", "-o", out).code == 0, "extract")
    check([entry["name"] for entry in run_workspace("list", out)["enterprises"]] == ["企业1"], "one enterprise alone")
    added = run_workspace("add", path, out)["enterprises"]
    check([entry["name"] for entry in added] == ["企业1"] and added[0]["id"] == 4, "it is there twice", added)
    first, second = (run_workspace("history", path, number) for number in (2, 4))
    for history in (first, second):
        check([snapshot["name"] for snapshot in history["snapshots"]] == ["2026 申报"] and history["snapshots"][0]["as_of"] == AS_OF,
              "the snapshot comes along", history)
    done = run("workspace", "history", path, "企业1")
    check(done.code == 1 and "2" in done.err, "a name that two have", done)
    check(run_workspace("check", path) == {"ok": True, "enterprises": 4, "problems": []}, "check")


def test_workspace_history():
    history = run_workspace("history", ROOT / "tests" / "store" / "workspace-v1.dengke", 2)
    kinds = [change["kind"] for change in history["changes"]]
    check(kinds[:6] == ["added", "row-added", "row-added", "cell", "row-deleted", "fact"] and "name" in kinds, "kinds", history)
    check(history["changes"][5]["layer"] == "plan" and history["changes"][5]["source"] == "board", "layer and source", history)
    check({change["state"] for change in history["changes"]} == {"done", "undone", "dropped"}, "states", history)
    for language, words in (("en", ("Staff 2025 (plan) [board]: nothing → 1", "written over", "snapshot “早”")),
                            ("zh", ("职工总数 2025 (计划) [board]：无 → 1", "已撤销", "快照“早”"))):
        text = run("workspace", "history", ROOT / "tests" / "store" / "workspace-v1.dengke", 2, "--lang", language)
        check(text.code == 0 and all(word in text.out for word in words), f"history as text in {language}", text)


def test_workspace_snapshot():
    path = make_workspace("snap.dengke")
    taken = run_workspace("snapshot", path, 3, "题目", "--as-of", "2026-07-15")
    check(taken["id"] == 3 and taken["name"] == "企业2" and taken["as_of"] == "2026-07-15", "snapshot", taken)
    done = run("workspace", "snapshot", path, 3, "today")
    check(done.code == 0 and not done.out and not done.err, "a snapshot of today", done)
    check([s["name"] for s in run_workspace("history", path, 3)["snapshots"]] == ["题目", "today"], "both are there")


def test_assess_takes_a_workspace():
    path = make_workspace("assess.dengke")
    done = run("assess", path, "--as-of", AS_OF, "--format", "json")
    check(done.code == 0, "assess", done)
    alone = [json.loads(run("assess", TEMP / "ws" / f"{i}.json", "--as-of", AS_OF, "--format", "json").out) for i in range(3)]
    check(json.loads(done.out) == alone, "each as it is alone")
    text = run("assess", path, "--as-of", AS_OF, "--brief")
    check(text.code == 0 and all(f"企业{i}" in text.out for i in range(3)), "the overview", text)
    mixed = json.loads(run("assess", write("one.json", EDGE), path, "--as-of", AS_OF, "--format", "json").out)
    check(mixed[1:] == alone and mixed[0]["enterprise"]["name"] == EDGE["name"], "among other files", mixed)


def test_workspace_with_wrong_input():
    path = make_workspace("wrong.dengke")
    before = path.read_bytes()
    good = write("one.json", EDGE)
    bad = write("bad.json", '{"name": "x", "facts": {"stafff": {"2025": 12}}}')

    for call in (["list", good], ["list", TEMP / "nowhere.dengke"], ["check", good], ["history", good, "1"], ["extract", good, "1", "-o", "x"],
                 ["snapshot", TEMP / "nowhere.dengke", "1", "t"], ["add", good, good], ["add", path, bad],
                 ["add", path, TEMP / "nowhere.dengke"], ["add", TEMP / "none.dengke", bad],
                 ["extract", path, "1", "-o", TEMP / "no" / "where.json"], ["extract", path, "1", "-o", TEMP / "no" / "where.dengke"],
                 ["extract", path, "1", "-o", path]):
        done = run("workspace", *call)
        check(done.code == 2 and done.err and "Usage" not in done.err, f"workspace {call}", done)
    check(not (TEMP / "none.dengke").exists() and not (TEMP / "nowhere.dengke").exists(), "nothing is made of nothing")
    check(good.read_text(encoding="utf-8") == json.dumps(EDGE, ensure_ascii=False), "a file that is no workspace stays as it is")
    for call in (["history", path, "99"], ["history", path, "没有"], ["extract", path, "0", "-o", "x.json"]):
        done = run("workspace", *call)
        check(done.code == 1 and "--help" in done.err and not done.out, f"workspace {call}", done)
    check(path.read_bytes() == before, "the workspace stays as it is")

    # The good ones among them are taken.
    done = run("workspace", "add", path, bad, good, "--format", "json")
    check(done.code == 2 and [e["name"] for e in json.loads(done.out)["enterprises"]] == [EDGE["name"]], "the good one", done)


def test_workspace_that_is_damaged_or_too_new():
    whole = make_workspace("whole.dengke").read_bytes()
    half, new = write("half.dengke", whole[: len(whole) // 2]), write("new.dengke", whole[:60] + b"\x00\x00\x00\x63" + whole[64:])
    for path, word in ((half, "damaged"), (new, "later version")):
        content = path.read_bytes()
        for call in (["workspace", "list", path], ["workspace", "check", path], ["assess", path], ["workspace", "add", path, write("one.json", EDGE)]):
            done = run(*call)
            check(done.code == 2 and word in done.err, f"{call}", done)
        check(path.read_bytes() == content, "the file stays as it is")
    loose = make_workspace("loose.dengke")
    with sqlite3.connect(loose) as database:
        database.execute("INSERT INTO fact VALUES (77, 'staff', '2025', 0, '', '1')")
    database.close()
    report = run_workspace("check", loose, code=2)
    check(not report["ok"] and len(report["problems"]) == 1, "what belongs to nothing", report)


def main():
    global TEMP, HOME
    tests = [(name[len("test_"):].replace("_", "-"), function) for name, function in globals().items()
             if name.startswith("test_") and (not ARGUMENTS or any(a in name.replace("_", "-") for a in ARGUMENTS))]
    if not CLI:
        print("Bail out! DENGKE_CLI must name the program to test")
        return 1
    failed = 0
    print(f"1..{len(tests)}")
    with tempfile.TemporaryDirectory(prefix="dengke-cli-") as folder:
        TEMP = pathlib.Path(folder)
        HOME = TEMP / "home"
        HOME.mkdir()
        for number, (name, function) in enumerate(tests, 1):
            try:
                remark = function()
                print(f"ok {number} {name}" + (f" # {remark}" if remark else ""))
            except Exception:
                failed += 1
                print(f"not ok {number} {name}")
                for line in traceback.format_exc().splitlines():
                    print("# " + line)
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
