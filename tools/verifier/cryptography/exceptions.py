"""See `cryptography`."""


class InvalidSignature(Exception):  # noqa: N818 - the library's own name.
    """The signature is false."""
