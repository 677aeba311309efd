"""WeasyPrint on as many pages as named, in one process. python weasyprint_loop.py <folder> <page.html ...>"""

import sys
from pathlib import Path

from weasyprint import HTML

folder, *pages = sys.argv[1:]
for page in pages:
    HTML(filename=page).write_pdf(Path(folder) / f"{Path(page).stem}.pdf")
