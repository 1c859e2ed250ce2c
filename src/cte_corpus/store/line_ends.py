"""Line ends: those of other systems are told apart from a change, since a checkout on Windows may bring them."""

MEND = "`* text=auto eol=lf` in .gitattributes keeps git from changing line ends; then check the files out again"


def unix(data: bytes) -> bytes:
    """The bytes with every line end as LF."""
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def differs_in_these_only(data: bytes, other: bytes) -> bool:
    """Whether two files are the same but for their line ends."""
    return data != other and unix(data) == unix(other)
