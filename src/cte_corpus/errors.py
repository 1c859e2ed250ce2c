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


class UnknownIdError(CteError, KeyError):
    """There is nothing of that id or name; the hint names the nearest. It is what every look-up raises."""
