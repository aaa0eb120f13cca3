#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures `dengke-cli assess DIR` with one worker and with two. Prints lines "name value unit".

    bench-directory.py BENCH CLI [N]

BENCH (dengke-bench) writes N enterprises (1000) with 300 rows each into a folder. They are assessed several times, with one worker and
with two by turns, so that what else the machine does meets both alike; medians count. What is printed with one worker and with two must
be the same, to the byte.
"""

import filecmp
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

TIMES = 5
AS_OF = "2026-07-15"


def assess(cli, folder, output_format, jobs, output):
    """Seconds from the call to its end."""
    with open(output, "wb") as out:
        start = time.monotonic()
        # What speaks against an enterprise that was made up stands on stderr.
        status = subprocess.run([cli, "assess", "--as-of", AS_OF, "--format", output_format, "--jobs", str(jobs), folder], stdout=out,
                                stderr=subprocess.DEVNULL).returncode
        taken = time.monotonic() - start
    if status != 0:
        sys.exit(f"bench-directory: dengke-cli ended with {status}")
    return taken


def measure(cli, folder, output_format, temp):
    taken = {1: [], 2: []}
    outputs = {jobs: temp / f"{jobs}.{output_format}" for jobs in taken}
    for _ in range(TIMES):
        for jobs, times in taken.items():
            times.append(assess(cli, folder, output_format, jobs, outputs[jobs]))
    if not filecmp.cmp(outputs[1], outputs[2], shallow=False):
        sys.exit("bench-directory: two workers print something else than one")
    return statistics.median(taken[1]), statistics.median(taken[2])


def main():
    bench, cli = sys.argv[1:3]
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    with tempfile.TemporaryDirectory(prefix="dk-bench-") as name:
        temp = pathlib.Path(name)
        folder = temp / "enterprises"
        folder.mkdir()
        subprocess.run([bench, "write", folder, str(n)], check=True)
        print(f"assess_dir_enterprises {n} enterprises")
        print(f"assess_dir_processors {len(os.sched_getaffinity(0))} processors")
        for output_format, prefix in (("text", "assess_dir"), ("json", "assess_dir_json")):
            one, both = measure(cli, folder, output_format, temp)
            print(f"{prefix}_one_s {one:.2f} s")
            print(f"{prefix}_both_s {both:.2f} s")
            print(f"{prefix}_speedup {one / both:.2f} times", flush=True)


main()
