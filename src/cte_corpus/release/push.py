"""Publishing a pack on the Hugging Face Hub: its folder becomes the dataset, and a tag keeps the version.

The tag comes last: a dataset with the tag `v1.0.0` has every file of that version, and keeps it when the next comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cte_corpus.errors import CteError
from cte_corpus.published import pack
from cte_corpus.release.verify import verify
from cte_corpus.store.stored import Stored

if TYPE_CHECKING:
    from pathlib import Path

LOG_IN = "log in with `hf auth login`, or set HF_TOKEN to a token that may write there"


@dataclass(frozen=True)
class Plan:
    """What would be published where."""

    folder: Path
    manifest: pack.Manifest

    dataset: str
    """Name of the dataset on the Hub: `owner/name`."""

    files: tuple[pack.File, ...]
    """Every file of the pack, sorted by path."""

    @property
    def tag(self) -> str:
        """The tag of the version."""
        return f"v{self.manifest.version}"


def plan(folder: Path, dataset: str | None = None) -> Plan:
    """What would be published of a pack, which is verified first; nothing is asked of the network.

    Args:
        folder: The folder of a pack.
        dataset: Name of the dataset on the Hub; without one, the address that the pack's own `corpus.json` has.

    Raises:
        CteError: it is no pack or not as it was built; no dataset is named, or its name is none.
    """
    if not folder.is_dir():
        raise CteError(f"no folder {folder}", "give the folder of a pack, not its archive")
    manifest = pack.Manifest.read(folder)
    wrong = [fault for check in verify(folder).checks for fault in check.faults]
    if wrong:
        raise CteError(f"{folder} is not as it was built: {wrong[0]}", f"see `cte verify {folder}`; nothing was pushed")
    name = dataset or Stored(folder).info["addresses"]["hub"]
    if not name:
        hint = "give it with --to OWNER/NAME, or set `addresses.hub` in data/corpus.json and build the pack again"
        raise CteError("the address of the dataset on the Hub is not set", hint)
    _judge(name)
    own = (pack.file_of(folder, path) for path in (pack.MANIFEST, pack.SUMS))
    files = sorted((*manifest.files, *own), key=lambda file: file.path)
    return Plan(folder, manifest, name, tuple(files))


def push(planned: Plan) -> str:
    """Publish a pack: the dataset then holds its files and no others, and the tag of its version.

    Returns:
        Address of the version on the Hub.

    Raises:
        CteError: the version is there already; there is no such dataset, no token, no network, or no permission.
    """
    from huggingface_hub import HfApi, get_token

    api = HfApi(library_name=planned.manifest.name, library_version=planned.manifest.version)
    try:
        if not get_token():
            raise CteError("no token for the Hub", LOG_IN)
        tags = [ref.name for ref in api.list_repo_refs(planned.dataset, repo_type="dataset").tags]
        if planned.tag in tags:
            hint = "a release does not change: take a new version"
            raise CteError(f"{planned.dataset} has {planned.tag} already", hint)
        commit = api.upload_folder(
            repo_id=planned.dataset,
            repo_type="dataset",
            folder_path=planned.folder,
            delete_patterns="*",
            commit_message=f"{planned.manifest.name} {planned.manifest.version}",
            commit_description=f"Root digest {planned.manifest.root_digest}",
        )
        api.create_tag(planned.dataset, tag=planned.tag, revision=commit.oid, repo_type="dataset")
    except CteError:
        raise
    except Exception as error:  # the client hands on the errors of its HTTP library, whichever that is
        raise _failed(planned, error) from error
    return f"{api.endpoint}/datasets/{planned.dataset}/tree/{planned.tag}"


def _judge(name: str) -> None:
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id

    try:
        validate_repo_id(name)
    except HFValidationError as error:
        raise CteError(f"{name!r} is no name of a dataset: {error}", "as in owner/name") from error
    if "/" not in name:
        raise CteError(f"{name!r} is no name of a dataset: it has no owner", "as in owner/name")


def _failed(planned: Plan, error: Exception) -> CteError:
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled, RepositoryNotFoundError

    again = "run it again: what has arrived is not sent twice, and there is no tag before all is there"
    if isinstance(error, RepositoryNotFoundError):
        message = f"no dataset {planned.dataset} on the Hub that the token may see"
        return CteError(message, f"make it there, and {LOG_IN}")
    if isinstance(error, OfflineModeIsEnabled):
        return CteError("HF_HUB_OFFLINE is set, and so nothing is pushed", "unset it")
    if isinstance(error, HfHubHTTPError) and error.response.status_code in (401, 403):
        return CteError(f"the Hub does not let the token write to {planned.dataset}", LOG_IN)
    said = " ".join(str(error).split()) or type(error).__name__
    return CteError(f"the Hub did not take {planned.tag} of {planned.dataset}: {said}", again)
