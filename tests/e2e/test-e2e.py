#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's way through the program, from an empty computer to a workbook and back: test-e2e.py zh|en

Everything is found by the name that a screen reader says, in the language of the program. Prints TAP.
"""

import gettext
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import driver  # noqa: E402

LANGUAGE = sys.argv[1]
PROGRAM = os.environ["DENGKE"]
CLI = os.environ["DENGKE_CLI"]
DATA = Path(os.environ["DK_DATA_DIR"])
LOCALE = os.environ["DK_LOCALE_DIR"]
ENTERPRISE = "Test Instruments"

translation = gettext.translation("dengke", LOCALE, ["zh_CN"], fallback=LANGUAGE == "en") if LANGUAGE == "zh" else gettext.NullTranslations()


def _(text):
    return translation.gettext(text).replace("_", "")


def c_(context, text):
    return translation.pgettext(context, text).replace("_", "")


def load_facts():
    done = subprocess.run([CLI, "facts", "--format", "json", "--lang", LANGUAGE], capture_output=True, text=True, check=True)
    return {fact["id"]: fact for fact in json.loads(done.stdout)["facts"]}


def fact_label(fact):
    return FACTS[fact]["label"][LANGUAGE]


def cell(fact, year):
    """What an answer of a fact is called: its name, its year, its unit if it has one."""
    return f"{fact_label(fact)}{COMMA}{year}{YEAR}"


def check(holds, what):
    if not holds:
        raise driver.Failure(what)


# What the catalogue and the packs call things.
PAGES = {"zh": ["企业基本情况", "人员", "财务与研发投入", "技术与成果", "资质与信用记录"],
         "en": ["The enterprise", "People", "Money and R&D", "Technology and achievements", "Titles and record"]}[LANGUAGE]
PLACES = _("Places in this enterprise")
REGISTERS = {"zh": ["知识产权", "资质证书", "科技奖励"], "en": ["Intellectual property", "Certificates and titles", "Science and technology awards"]}[LANGUAGE]
PROGRAMMES = {"zh": ["科技型中小企业评价", "中小企业划型"], "en": ["Technology-based SME evaluation", "Size classes of enterprises"]}[LANGUAGE]
RULE = {"zh": "职工总数", "en": "Staff"}[LANGUAGE]
COMMA, YEAR = {"zh": ("，", "年"), "en": (", ", "")}[LANGUAGE]


class Walk:
    """What the steps hand on to one another."""

    def __init__(self):
        self.home = Path(os.environ["HOME"])
        self.out = Path(tempfile.mkdtemp(prefix="dengke-e2e-"))
        self.program = None

    def start(self, *arguments):
        environment = {"LANGUAGE": "zh_CN" if LANGUAGE == "zh" else "en", "LC_ALL": "C.UTF-8"}
        self.program = driver.Program([PROGRAM, *map(str, arguments)], environment)
        return self.program

    def answers(self):
        """What the workspace holds, as the command line sees it."""
        path = self.home / "data" / "dengke" / "workspace.dengke"
        out = self.out / "out.json"
        listing = subprocess.run([CLI, "workspace", "list", path, "--format", "json"], capture_output=True, text=True, check=True)
        number = [entry["id"] for entry in json.loads(listing.stdout)["enterprises"] if entry["name"] == ENTERPRISE][0]
        subprocess.run([CLI, "workspace", "extract", path, str(number), "-o", out], capture_output=True, check=True)
        return json.loads(out.read_text(encoding="utf-8"))

    def until_saved(self, holds, what):
        end = time.monotonic() + 10
        while not holds(self.answers()):
            check(time.monotonic() < end, f"{what}: {self.answers()}")
            time.sleep(0.1)


def step_first_start(walk):
    program = walk.start()
    program.wait(_("New enterprise"))
    for door in ("New enterprise", "Open a file", "Try the samples"):
        check(program.has(_(door)), door)
    check(not list(program.unnamed()), list(program.unnamed()))


def step_new_enterprise(walk):
    program = walk.program
    program.click(_("New enterprise"))
    program.wait(_("Name"))
    program.type(ENTERPRISE)
    program.key("Return")
    program.wait(fact_label("is_resident"), part=True)
    check(not list(program.unnamed()), list(program.unnamed()))


def step_fill_in(walk):
    program = walk.program
    program.go_to(PAGES[1], PLACES)
    program.wait(f"{fact_label('staff')}", part=True)
    program.write(cell("staff", 2025), "45-55")
    program.key("Tab")
    walk.until_saved(lambda found: found["facts"].get("staff") == {"2025": {"from": 45, "to": 55}}, "a range")
    program.write(cell("st_staff", 2025), "12")
    # Nobody leaves the field: half a second is enough.
    walk.until_saved(lambda found: found["facts"].get("st_staff") == {"2025": 12}, "a number, without leaving the field")
    program.write(cell("employees", 2025), "?")
    program.key("Tab")
    walk.until_saved(lambda found: found["facts"].get("employees", 0) == {"2025": None}, "not known yet")


def step_wrong_answer(walk):
    program = walk.program
    before = walk.answers()
    program.write(cell("st_staff", 2025), "12 x 3")
    program.key("Tab")
    time.sleep(1)
    check(walk.answers() == before, "what cannot be read changes nothing")
    check("12 x 3" in program.read(cell("st_staff", 2025)), "and stays to be mended")
    program.write(cell("st_staff", 2025), "13")
    program.key("Tab")
    walk.until_saved(lambda found: found["facts"]["st_staff"] == {"2025": 13}, "mended")


def step_undo(walk):
    program = walk.program
    program.key("ctrl+z")
    walk.until_saved(lambda found: found["facts"]["st_staff"] == {"2025": 12}, "undo")
    program.key("ctrl+shift+z")
    walk.until_saved(lambda found: found["facts"]["st_staff"] == {"2025": 13}, "redo")


def step_every_page(walk):
    program = walk.program
    for name in PAGES + REGISTERS + PROGRAMMES:
        program.go_to(name, PLACES)
        time.sleep(0.5)
        unnamed = list(program.unnamed())
        check(not unnamed, f"{name}: {unnamed}")


def step_programme_and_criterion(walk):
    program = walk.program
    program.go_to(PROGRAMMES[0], PLACES)
    program.wait(RULE, part=True)
    program.click(RULE, part=True)
    program.wait(_("On what it rests"), part=True)
    program.key("alt+Return")
    program.wait(_("What has a table sign was entered: choose it to go there"))
    check(not list(program.unnamed()), list(program.unnamed()))
    program.key("Escape")
    program.wait_gone(_("What has a table sign was entered: choose it to go there"))


def step_register(walk):
    program = walk.program
    program.go_to(REGISTERS[2], PLACES)
    program.click(_("Add the first row"))
    program.type("Prize")
    program.key("Return")
    walk.until_saved(lambda found: len(found["registers"].get("awards", {}).get("rows", [])) == 1, "a row")
    program.key("ctrl+z")
    walk.until_saved(lambda found: not found["registers"].get("awards", {}).get("rows"), "and none")


def step_export(walk):
    program = walk.program
    program.key("ctrl+e")
    program.wait(_("Excel workbook"))
    time.sleep(0.5)
    program.key("alt+e")
    found = program.until(lambda: [path for path in walk.home.rglob("*.xlsx")], "a workbook")
    program.wait(_("Open folder"), part=True)
    check(zipfile.is_zipfile(found[0]), "a workbook")


def step_quit_and_return(walk):
    said = walk.program.quit()
    check("CRITICAL" not in said and "WARNING" not in said, said)
    program = walk.start()
    program.wait(ENTERPRISE, part=True)
    program.go_to(PAGES[1], PLACES)
    program.wait(cell("staff", 2025))
    check("45" in program.read(cell("staff", 2025)), "what was answered is there")


def step_file_argument(walk):
    """A second start hands its file to the first and ends."""
    sample = DATA / "samples" / "software.json"
    environment = dict(os.environ, LANGUAGE="zh_CN" if LANGUAGE == "zh" else "en", LC_ALL="C.UTF-8")
    check(subprocess.run([PROGRAM, sample], env=environment, timeout=20).returncode == 0, "the second start")
    name = json.loads(sample.read_text(encoding="utf-8"))["name"]
    walk.program.wait(name, part=True)
    said = walk.program.quit()
    check("CRITICAL" not in said and "WARNING" not in said, said)


STEPS = [step_first_start, step_new_enterprise, step_fill_in, step_wrong_answer, step_undo, step_every_page, step_programme_and_criterion,
         step_register, step_export, step_quit_and_return, step_file_argument]


def main():
    walk = Walk()
    broken = None
    print(f"1..{len(STEPS)}")
    for number, step in enumerate(STEPS, 1):
        name = step.__name__.removeprefix("step_").replace("_", "-")
        if broken is None:
            try:
                step(walk)
            except Exception as error:
                broken = error
                print(f"not ok {number} {name}")
                print("# " + "".join(traceback.format_exception(error)).replace("\n", "\n# "))
                if walk.program is not None and walk.program.process.poll() is None:
                    print("# " + walk.program.tree().replace("\n", "\n# "))
                    print("# " + walk.program.errors().replace("\n", "\n# "))
                continue
            print(f"ok {number} {name}", flush=True)
        else:
            print(f"not ok {number} {name} # the step before failed")
    if walk.program is not None:
        walk.program.stop()
    return 0 if broken is None else 1


if "DENGKE_E2E_INSIDE" not in os.environ:
    sys.exit(driver.inside([__file__] + sys.argv[1:]))
driver.take_results_out()
FACTS = load_facts()
sys.exit(main())
