"""A Hub on this machine: the few addresses of the Hugging Face Hub that a push of a folder asks, for one dataset."""

from __future__ import annotations

import base64
import json
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.running import running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

TOKEN = "hf_invented"


class Hub(ThreadingHTTPServer):
    """A dataset with its files and tags; only the invented token may write."""

    daemon_threads = True

    def __init__(self, dataset: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.dataset = dataset
        self.files: dict[str, bytes] = {".gitattributes": b"", "old.json": b"{}"}
        self.tags: dict[str, str] = {}
        self.commits: list[str] = []
        self.large: tuple[str, ...] = ()
        """Ends of names of files that are to come by LFS."""

        self.objects: dict[str, bytes] = {}
        """What came by LFS, by its SHA-256."""

        self.refused = ""
        """What is refused with an error of the server: a part of an address."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"

    def commit(self, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Take a commit in the lines of its body."""
        for line in lines:
            value = line["value"]
            if line["key"] == "deletedFile":
                del self.files[value["path"]]
            elif line["key"] == "file":
                self.files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "lfsFile":
                self.files[value["path"]] = self.objects[value["oid"]]
            else:
                self.commits.append(value["summary"])
        oid = sha1(json.dumps(lines).encode()).hexdigest()
        return {"commitUrl": f"{self.url}/datasets/{self.dataset}/commit/{oid}", "commitOid": oid}


class Handler(BaseHTTPRequestHandler):
    """Answers as the Hub does."""

    server: Hub

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Tags and files."""
        api = f"/api/datasets/{self.server.dataset}"
        if self.path == f"{api}/refs":
            tags = [
                {"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": at} for tag, at in self.server.tags.items()
            ]
            self.answer({"branches": [], "converts": [], "tags": tags})
        elif self.path.startswith(f"{api}/tree/main"):
            self.answer([{"type": "file", "path": path, "size": 1, "oid": "0" * 40} for path in self.server.files])
        else:
            self.answer({"error": "Repository not found"}, 404, {"X-Error-Code": "RepoNotFound"})

    def do_POST(self) -> None:
        """What is asked before a commit, the commit, and the tag."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        api = f"/api/datasets/{self.server.dataset}"
        if self.server.refused and self.server.refused in self.path:
            self.answer({"error": "no space left"}, 400)
        elif self.headers["Authorization"] != f"Bearer {TOKEN}":
            self.answer({"error": "forbidden"}, 403)
        elif self.path == "/api/validate-yaml":
            self.answer({"errors": [], "warnings": []})
        elif self.path == f"{api}/preupload/main":
            paths = [file["path"] for file in json.loads(body)["files"]]
            self.answer({"files": [{"path": path, **self.mode(path)} for path in paths]})
        elif self.path == f"/datasets/{self.server.dataset}.git/info/lfs/objects/batch":
            self.answer({"objects": [self.lfs(entry) for entry in json.loads(body)["objects"]]})
        elif self.path == f"{api}/commit/main":
            self.answer(self.server.commit([json.loads(line) for line in body.splitlines()]))
        elif self.path.startswith(f"{api}/tag/"):
            self.server.tags[json.loads(body)["tag"]] = self.path.rpartition("/")[2]
            self.answer({})
        else:
            self.answer({"error": "not found"}, 404)

    def do_PUT(self) -> None:
        """An object of LFS."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        assert sha256(data).hexdigest() == self.path.rpartition("/")[2]
        self.server.objects[sha256(data).hexdigest()] = data
        self.answer({})

    def mode(self, path: str) -> dict[str, Any]:
        """How a file is to come."""
        large = path.endswith(self.server.large)
        return {"uploadMode": "lfs" if large else "regular", "shouldIgnore": False, "oid": None}

    def lfs(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Where an object is to be put."""
        return {**entry, "actions": {"upload": {"href": f"{self.server.url}/objects/{entry['oid']}"}}}

    def answer(self, value: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Send JSON."""
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, header in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, header)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def hub(dataset: str) -> AbstractContextManager[Hub]:
    """The Hub, as long as the context."""
    return running(Hub(dataset))
