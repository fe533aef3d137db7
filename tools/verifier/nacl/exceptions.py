"""See `nacl`."""


class BadSignatureError(Exception):
    """The signature is false."""
