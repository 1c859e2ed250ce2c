from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The code lists of other schemes, beside the checkout."""
    folder = Path(__file__).parents[3] / "shared"
    if not folder.is_dir():
        pytest.skip("the code lists of other schemes are not beside the checkout")
    return folder
