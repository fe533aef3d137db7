"""See the package `cryptography` beside this."""
