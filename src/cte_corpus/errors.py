"""The errors that a user is meant to read."""


class CteError(Exception):
    """Something the user can mend: `message` says what is wrong, `hint` how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class UnknownIdError(CteError, KeyError):
    """There is nothing of that id or name; the hint names the nearest. It is what every look-up raises."""
