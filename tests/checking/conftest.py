"""Fixtures of the command that the checker shares."""

from tests.cli.conftest import packed

__all__ = ["packed"]
