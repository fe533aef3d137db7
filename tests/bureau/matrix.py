"""Who gets what at which address: every address × every role × yours or not yours → the expected code, as one table.

A row names the roles that may use an address. Walked over it (`test_matrix.py`), each role is tried with something that the officer
may know of and with something that they may not, and an officer without a role and somebody without a login are tried as well:

    ok           the code for a role in `may` and a thing that is theirs: 200, or 302, 400, 405, 409, 422 for a form sent empty
    not_yours    the code for a role in `may` and a thing that is not theirs to know of: 404. None: the address names nothing
    a role that is not in `may` gets 403, without a login the login page (302), whatever they ask for

`thing` names a function of `tests/bureau/things.py`, which makes what the address names: it gives the words of the address for
something that is yours and for something that is not. `again` says that signing asks for the password once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.bureau.access.roles import Role

R, L, V, N, H, D, U, A, X = (
    Role  # registrar, list officer, reViewer, negotiator, handover, data protection, aUditor, admin, neutral (X)
)

#: Every officer who is signed in, also one without a role.
SIGNED_IN = frozenset({*Role, None})


@dataclass(frozen=True)
class Row:
    """What is expected at one address."""

    address: str
    may: frozenset[Role | None]
    ok: int = 200
    not_yours: int | None = None
    thing: str = ""
    method: str = "GET"
    sent: Mapping[str, str] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class OpenRow:
    """An address that may be used without a login. Who is signed in gets the same, unless `signed_in` says otherwise."""

    address: str
    code: int
    method: str = "GET"
    sent: Mapping[str, str] = field(default_factory=dict)
    signed_in: int = 0
    thing: str = ""


@dataclass(frozen=True)
class LibraryRow:
    """A page of the login library, which looks after itself: the code for an officer, and without a login."""

    address: str
    officer: int
    nobody: int = 302
    thing: str = ""


def only(*roles: Role) -> frozenset[Role | None]:
    """These roles and no others."""
    return frozenset(roles)


NODE = (
    Row("home", SIGNED_IN),
    OpenRow("health", 200),
    OpenRow("set_language", 302, method="POST", sent={"language": "uk"}),
)

LIBRARY = (
    LibraryRow("account_login", officer=302, nobody=200),
    LibraryRow("account_logout", officer=200, nobody=302),
    LibraryRow("account_inactive", officer=200, nobody=200),
    LibraryRow("account_reauthenticate", officer=200),
    LibraryRow("account_change_password", officer=200),
    LibraryRow("mfa_index", officer=200),
    LibraryRow("mfa_authenticate", officer=302),
    LibraryRow("mfa_reauthenticate", officer=200),
    LibraryRow("mfa_activate_totp", officer=302),  # The officers of the tests have an app already.
    LibraryRow("mfa_deactivate_totp", officer=200),
    LibraryRow("mfa_view_recovery_codes", officer=404),
    LibraryRow("mfa_generate_recovery_codes", officer=200),
    LibraryRow("mfa_download_recovery_codes", officer=404),
    LibraryRow("mfa_list_webauthn", officer=200),
    LibraryRow("mfa_add_webauthn", officer=200),
    LibraryRow("mfa_reauthenticate_webauthn", officer=302),  # They have no key: to the other ways.
    LibraryRow("mfa_remove_webauthn", officer=404, thing="key_of_another"),
    LibraryRow("mfa_edit_webauthn", officer=404, thing="key_of_another"),
)

ACCESS = (
    Row("access:index", only(A, D, U)),
    Row("access:rights", only(A, D, U)),
    Row("access:add", only(A), again=True),
    Row("access:officer", only(A, D, U), not_yours=404, thing="officer"),
    Row("access:change", only(A), 422, 404, "officer", "POST", again=True),
    Row("access:roles", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:close", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:reopen", only(A), 302, 404, "officer", "POST", again=True),
    Row("access:password", only(A), 200, 404, "officer", "POST", again=True),
    Row("access:ask_reset", only(A, D), 302, 404, "officer", "POST", again=True),
    Row("access:grant_reset", only(A, D), 302, 404, "reset", "POST", again=True),
    Row("access:drop_reset", only(A, D), 302, 404, "reset", "POST", again=True),
)

JOURNAL = (
    Row("journal:index", only(D, U)),
    Row("journal:export", only(D, U), method="POST"),
)

REGISTER: tuple[Row | OpenRow, ...] = ()

REVIEW: tuple[Row | OpenRow, ...] = ()

EXCHANGES: tuple[Row | OpenRow, ...] = ()

HANDOVER: tuple[Row | OpenRow, ...] = ()

MATRIX: tuple[Row | OpenRow | LibraryRow, ...] = (*NODE, *LIBRARY, *ACCESS, *JOURNAL, *REGISTER, *REVIEW, *EXCHANGES, *HANDOVER)
