"""A document's page as far as it concerns the reader's copy, opened from a file."""

import shutil
from pathlib import Path
from typing import Any

from cte_corpus.corpus.corpus import Corpus
from cte_corpus.explorer import skeleton
from cte_corpus.explorer.words import Words
from cte_corpus.show.lookup import Lookup
from tests.explorer.asking import STATIC

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"

TRANSFER = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  return data;
}"""

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{document}</title>
<link rel="stylesheet" href="../static/copy.css">
{scripts}
</head>
<body><main data-document="{document}"><h1>{document}</h1><section id="copy" hidden></section></main></body>
</html>
"""


def build(folder: Path, corpus: Corpus) -> None:
    """Pages of the documents of a corpus, in two languages, with what they load."""
    shutil.copytree(STATIC, folder / "static")
    (folder / "data" / "documents").mkdir(parents=True)
    lookup = Lookup(corpus)
    arabic = Words("ar", {entity["id"]: entity for entity in corpus.raw_entities})
    for raw in corpus.raw_documents:
        document = raw["document"]["id"]
        data = skeleton.script(lookup, raw, lambda key: f"#{key}", arabic)
        (folder / "data" / "documents" / f"{document}.js").write_bytes(data)
        names = [*(f"static/{name}" for name in (*skeleton.FOLDING, *skeleton.ATTACHING)), f"data/documents/{document}"]
        scripts = "\n".join(f'<script defer src="../{name}.js"></script>' for name in names)
        for lang, direction in (("en", "ltr"), ("ar", "rtl")):
            (folder / lang).mkdir(exist_ok=True)
            page = PAGE.format(lang=lang, dir=direction, policy=POLICY, document=document, scripts=scripts)
            (folder / lang / f"{document}.html").write_text(page, encoding="utf-8")


class Opened:
    """A page, with all that went wrong in it: errors, violations of the policy, requests to elsewhere."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.page = browser.new_page(**options)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        self.page.on("request", lambda request: self._judge(request.url))
        self.page.on("dialog", self._close)
        self.page.goto(path.as_uri())

    def _close(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _judge(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.faults.append(f"asks for {url}")

    def choose(self, name: str, text: str | bytes) -> str:
        """Give a file by the chooser; the verdict, or the message where there is none."""
        data = text.encode() if isinstance(text, str) else text
        self.page.set_input_files("#copy-file", {"name": name, "mimeType": "text/plain", "buffer": data})
        return self.verdict()

    def drop(self, name: str, text: str) -> str:
        """Drop a file on the section."""
        transfer = self.page.evaluate_handle(TRANSFER, [name, text])
        self.page.dispatch_event("#copy", "drop", {"dataTransfer": transfer})
        return self.verdict()

    def verdict(self) -> str:
        """What the page says, once it has read the copy."""
        self.page.wait_for_selector(".copy-result[aria-busy=false]", state="attached", timeout=60_000)
        said = self.page.locator(".copy-result").get_attribute("data-verdict")
        return str(said or self.page.locator(".copy-message").inner_text())
