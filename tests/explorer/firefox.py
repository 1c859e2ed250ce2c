"""Debian's Firefox, asked in WebDriver BiDi, which it speaks itself: https://w3c.github.io/webdriver-bidi/."""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from websockets.sync.client import ClientConnection

SEEN = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
}"""

EVENTS = ["log.entryAdded", "network.beforeRequestSent", "network.fetchError"]


class Firefox:
    """A window of Firefox, with what goes wrong in it."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=EVENTS)
        self.ask("script.addPreloadScript", functionDeclaration=SEEN)
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **parameters: Any) -> Any:
        """The answer to a command; what happens meanwhile is noted."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=120))
            if said.get("id") == number:
                assert said["type"] == "success", said
                return said["result"]
            self._note(said.get("method"), said.get("params", {}))

    def _note(self, event: str | None, told: dict[str, Any]) -> None:
        if event == "log.entryAdded":
            self.faults.append(f"{told['level']}: {told['text']}")
        elif event == "network.beforeRequestSent":
            self.asked.append(told["request"]["url"])
        elif event == "network.fetchError" and "ABORTED" not in told["errorText"]:
            self.faults.append(f"failed: {told['request']['url']} {told['errorText']}")

    def open(self, address: str) -> None:
        """Open an address, until all of it is loaded."""
        self.ask("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def run(self, script: str) -> Any:
        """What an expression gives, when its promise is kept: a value that fits into JSON."""
        target = {"context": self._window}
        expression = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        found = self.ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def give(self, selector: str, path: Path) -> None:
        """Choose a file in a field."""
        found = self.ask(
            "browsingContext.locateNodes", context=self._window, locator={"type": "css", "value": selector}
        )
        [element] = [{"sharedId": node["sharedId"]} for node in found["nodes"]]
        self.ask("input.setFiles", context=self._window, element=element, files=[str(path)])

    def until(self, condition: str) -> Any:
        """The first value of an expression that is true of the page."""
        wait = "requestAnimationFrame(look)"
        return self.run(f"new Promise((done) => {{ const look = () => {{ const found = {condition}; "
                        f"if (found) done(found); else {wait}; }}; look(); }})")  # fmt: skip

    def judge(self, home: str) -> list[str]:
        """All that went wrong, and requests to anywhere but the site."""
        outside = [url for url in self.asked if not url.startswith((home, "data:"))]
        return [*self.faults, *self.run("window.violations"), *outside]


@contextmanager
def started(program: str, profile: Path) -> Iterator[Firefox]:
    """Firefox without a screen, as long as the context."""
    (profile / "user.js").write_text('user_pref("toolkit.cosmeticAnimations.enabled", false);\n', encoding="utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            address = next(
                found[1] for line in process.stderr if (found := re.search(r"BiDi listening on (ws://\S+)", line))
            )
            with connect(f"{address}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
