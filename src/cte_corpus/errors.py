"""The errors that a user is meant to read."""


class CteError(Exception):
    """Something the user can mend: `message` says what is wrong, `hint` how to mend it.

    `detail` is what another program says of it, in lines of its own.
    """

    def __init__(self, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message, hint, detail)
        self.message = message
        self.hint = hint
        self.detail = detail

    def __str__(self) -> str:
        return "\n".join(filter(None, (self.message, self.detail, self.hint)))


def need(package: str, called: str, extra: str) -> None:
    """See that a package of an extra is there, before work begins.

    Args:
        package: The name by which it is imported.
        called: What it is called in the message.
        extra: The extra that installs it.

    Raises:
        CteError: it is not installed; the hint is the command that installs the extra.
    """
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise CteError(f"{called} is not installed", f'install it with: pip install "cte-corpus[{extra}]"')


class UnknownIdError(CteError, KeyError):
    """There is nothing of that id or name; the hint names the nearest. It is what every look-up raises."""
