"""The same pages as Typst documents, by pandoc, beside them. Not part of any measurement. python to_typst.py <page.html ...>"""

import re
import sys
from pathlib import Path

import pypandoc

HEAD = '#set page(paper: "a4", margin: 25mm, numbering: "1 / 1")\n#set text(lang: "da", size: 10.5pt)\n#set par(justify: true)\n'

for page in sys.argv[1:]:
    html = Path(page).read_text(encoding="utf-8")
    body = html[html.index("<body>") : html.index("</body>") + 7]
    # Links inside the page lead to anchors that pandoc does not keep.
    body = re.sub(r'<a href="#[^"]*">(.*?)</a>', r"\1", body, flags=re.S)
    text = pypandoc.convert_text(body, "typst", format="html")
    Path(page).with_suffix(".typ").write_text(HEAD + text, encoding="utf-8")
