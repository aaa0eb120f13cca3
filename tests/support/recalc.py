# SPDX-License-Identifier: GPL-3.0-or-later
"""Recalculates workbooks with LibreOffice, and reads what the cells of a workbook hold.

openpyxl is exact but slow where a test has dozens of books: it edits, and this reads.
"""

import csv
import datetime
import math
import os
import re
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


def compute(books):
    """What the cells of each book come to: {path: {sheet: {"A1": text}}}.

    All books at once, since starting takes longest, and as one text a sheet, since writing workbooks takes as long as computing.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(folder + "/profile/user")
        with open(folder + "/profile/user/registrymodifications.xcu", "w", encoding="utf-8") as file:
            file.write(PROFILE)
        environment = dict(os.environ, HOME=folder, LC_ALL="C.UTF-8")
        for name in ("MALLOC_CHECK_", "G_DEBUG", "G_SLICE"):
            environment.pop(name, None)
        # Commas, quotes, UTF-8, from the first line, figures with all their digits, every sheet.
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
        done = subprocess.run(["soffice", "-env:UserInstallation=file://" + folder + "/profile", "--headless", "--convert-to", form,
                               "--outdir", folder + "/out"] + [os.path.abspath(book) for book in books],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900, env=environment, check=False)
        try:
            return {book: {sheet: _read_text(os.path.join(folder, "out", "%s-%s.csv" % (os.path.splitext(os.path.basename(book))[0], sheet)))
                           for sheet in list_sheets(book)} for book in books}
        except OSError as error:
            raise RuntimeError("soffice ended with %d and did not write all sheets: %s\n%s" % (done.returncode, error, done.stdout)) from error


def name_column(column):
    """0 is A, 26 is AA."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name


def _read_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {"%s%d" % (name_column(column), row): text
                for row, cells in enumerate(csv.reader(file), 1) for column, text in enumerate(cells) if text != ""}


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


def _get_sheets(archive):
    targets = {node.get("Id"): node.get("Target") for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    return {sheet.get("name"): "xl/" + re.sub("^/?xl/", "", targets[sheet.get(RELATION)])
            for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet")}


def list_sheets(path):
    with zipfile.ZipFile(path) as archive:
        return list(_get_sheets(archive))


def read(path):
    """{sheet: {"A1": Cell}} of all cells that hold something. Figures are floats, errors their texts."""
    with zipfile.ZipFile(path) as archive:
        texts = _read_texts(archive)
        return {name: _read_sheet(archive.read(part), texts) for name, part in _get_sheets(archive).items()}


def is_error(text):
    return text.startswith("#") or text.startswith("Err:")


def to_value(text, like):
    """What compute () says, as the same kind of thing as a stored value is."""
    if not isinstance(like, float):
        return text
    if re.fullmatch(r"-?\d{4,}-\d\d-\d\d", text):
        return float((datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days)
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return text


def is_same(a, b):
    """Alike, but for what is lost beyond 12 digits."""
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)
    return a == b
