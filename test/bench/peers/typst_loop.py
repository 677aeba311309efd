"""Typst on as many documents as named, in one process. python typst_loop.py <folder> <page.typ ...>"""

import sys
from pathlib import Path

import typst

folder, *pages = sys.argv[1:]
for page in pages:
    typst.compile(page, output=str(Path(folder) / f"{Path(page).stem}.pdf"))
