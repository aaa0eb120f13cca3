# SPDX-License-Identifier: GPL-3.0-or-later
"""Recalculates workbooks with LibreOffice, and reads what the cells of a workbook hold.

openpyxl is exact but slow where a test has dozens of books: it edits, and this reads.
"""

import math
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# What is stored in a file must not be taken for what it comes to.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def is_available():
    return shutil.which("soffice") is not None


def recalculate(books, folder):
    """Writes each of `books`, recalculated, to `folder` under its own name. All at once: starting takes longest."""
    with tempfile.TemporaryDirectory() as profile:
        os.makedirs(profile + "/user")
        with open(profile + "/user/registrymodifications.xcu", "w", encoding="utf-8") as file:
            file.write(PROFILE)
        environment = dict(os.environ, HOME=profile, LC_ALL="C.UTF-8")
        for name in ("MALLOC_CHECK_", "G_DEBUG", "G_SLICE"):
            environment.pop(name, None)
        done = subprocess.run(["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx",
                               "--outdir", folder] + [os.path.abspath(book) for book in books],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900, env=environment, check=False)
    missing = [book for book in books if not os.path.exists(os.path.join(folder, os.path.basename(book)))]
    if done.returncode != 0 or missing:
        raise RuntimeError("soffice ended with %d and did not write %s\n%s" % (done.returncode, missing, done.stdout))


class Cell:
    __slots__ = ("value", "formula")

    def __init__(self, value, formula):
        self.value = value
        self.formula = formula


def _read_texts(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(node.text or "" for node in item.iter(MAIN + "t")) for item in root.findall(MAIN + "si")]


def _read_sheet(data, texts):
    cells = {}
    for cell in ElementTree.fromstring(data).iter(MAIN + "c"):
        formula, value = cell.find(MAIN + "f"), cell.find(MAIN + "v")
        kind, text = cell.get("t"), value.text if value is not None else None
        if kind == "inlineStr":
            text = "".join(node.text or "" for node in cell.iter(MAIN + "t"))
        elif kind == "s":
            text = texts[int(text)]
        elif text is not None and kind in (None, "n"):
            text = float(text)
        if formula is not None or text not in (None, ""):
            cells[cell.get("r")] = Cell(text if text is not None else "", formula.text if formula is not None else None)
    return cells


def read(path):
    """{sheet: {"A1": Cell}} of all cells that hold something. Figures are floats, errors their texts."""
    with zipfile.ZipFile(path) as archive:
        texts = _read_texts(archive)
        targets = {node.get("Id"): node.get("Target")
                   for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        return {sheet.get("name"): _read_sheet(archive.read("xl/" + re.sub("^/?xl/", "", targets[sheet.get(RELATION)])), texts)
                for sheet in book.iter(MAIN + "sheet")}


def is_error(value):
    return isinstance(value, str) and (value.startswith("#") or value.startswith("Err:"))


def is_same(a, b):
    """Alike, but for what is lost beyond 12 digits."""
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return a == b
