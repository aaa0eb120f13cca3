#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts tests one by one from what they printed as TAP, and prints "PASSED FAILED SKIPPED" last.

    tally.py meson TESTLOG.JSON STATUS    all tests of a run of "meson test" that ended with STATUS
    tally.py tap FILE                     one TAP stream

A test that was announced and never reported, because the program before it crashed, has failed.
"""

import json
import re
import sys

LINE = re.compile(r"(not )?ok\b(?:[ \t]+\d+)?(.*)")
PLAN = re.compile(r"1\.\.(\d+)")


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, name, text, succeeded=True):
        """Adds the tests of the TAP stream `text`; `succeeded` says how its program ended."""
        planned = None
        passed = failed = skipped = 0
        explained = False  # whether the comments that follow belong to a test that failed
        for line in text.splitlines():
            if line.startswith("#") and explained:
                print(line)
            plan = PLAN.match(line)
            result = LINE.match(line)
            if plan:
                planned = int(plan.group(1))
            elif result:
                directive = result.group(2).partition("#")[2].strip().upper()
                if result.group(1):
                    failed += 1
                    print(f"{name}: {line}")
                elif directive.startswith(("SKIP", "TODO")):
                    skipped += 1
                    print(f"{name}: {line}")
                else:
                    passed += 1
                explained = bool(result.group(1))
        missing = (planned or 0) - passed - failed - skipped
        if missing > 0:
            failed += missing
            print(f"{name}: {missing} of {planned} tests never reported")
        elif planned is None and succeeded and not passed + failed + skipped:
            passed = 1  # no TAP: a tool that says by its status how it went; meson refuses TAP without a plan
        elif planned is None:
            failed += 1
            print(f"{name}: no plan, so nobody knows whether all tests ran")
        elif not succeeded and not failed:
            failed += 1
            print(f"{name}: the tests passed, but the program did not end well")
        self.passed += passed
        self.failed += failed
        self.skipped += skipped


def read_meson_log(path):
    try:
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]
    except OSError as error:
        print(error)
        return []


def main(arguments):
    tally = Tally()
    if arguments[0] == "meson":
        path, status = arguments[1:]
        for test in read_meson_log(path):
            tally.add(test["name"], test.get("stdout") or "", test["result"] in ("OK", "SKIP"))
        if status != "0" and not tally.failed:
            tally.failed += 1
            print(f"meson test ended with status {status}")
    else:
        with open(arguments[1], encoding="utf-8") as file:
            tally.add("lint", file.read())
    print(tally.passed, tally.failed, tally.skipped)


main(sys.argv[1:])
