"""HTTPS between two nodes that both want it: the same parcels as by file, pushed and fetched under a secret that both share.

A peer's address takes a parcel by POST and gives the newest one by GET, and nothing else. The token is checked in constant time; a wrong
one, a peer switched off and an exchange that is not there look the same from outside. Redirects are not followed.
"""

from __future__ import annotations

import hmac
import http.client
import secrets
import ssl
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from homeward.bureau.access.models import User
from homeward.bureau.exchanges.faults import ExchangeError
from homeward.bureau.exchanges.models import Exchange, Passage, Peer
from homeward.bureau.exchanges.offices import office_of
from homeward.bureau.exchanges.services_mail import MOST_BYTES, held, newest_for, others, take_parcel
from homeward.bureau.journal.services import write
from homeward.bureau.journal.tags import Tag

LEAST_TOKEN = 32
_TIMEOUT = 60
_ON_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def new_token() -> str:
    """A secret for two nodes, to be told to the other side by a way that is not the network."""
    return secrets.token_urlsafe(32)


def set_peer(exchange: Exchange, party: str, url: str, token: str, *, enabled: bool, by: User) -> Peer:
    """Say how another party's node is reached. An empty token keeps the one that is there. Raises `ExchangeError`."""
    with office_of(exchange) as office:
        if party not in others(office):
            raise ExchangeError(_("Parcels go to %(parties)s.") % {"parties": ", ".join(others(office))})
    if url:
        _check_url(url)
    before = Peer.objects.filter(exchange=exchange, party=party).first()
    token = token.strip() or (before.token if before is not None else "")
    if len(token) < LEAST_TOKEN:
        raise ExchangeError(
            _("The secret of the two nodes has at least %(count)s characters; let one side make it.") % {"count": LEAST_TOKEN}
        )
    with transaction.atomic():
        peer, _made = Peer.objects.update_or_create(
            exchange=exchange, party=party, defaults={"url": url, "token": token, "enabled": enabled}
        )
        write(Tag.EXCHANGES_PEER_CHANGED, exchange.subject, by=by, counts={"party": party, "enabled": int(enabled)})
    return peer


def peer_with(slug: str, party: str, token: str) -> Peer | None:
    """The peer that shows this token, or None. The work done is the same whether or not there is one."""
    peer = Peer.objects.select_related("exchange").filter(exchange__slug=slug, party=party, enabled=True).first()
    known = str(peer.token) if peer is not None else "0" * LEAST_TOKEN
    return peer if hmac.compare_digest(known.encode(), token.encode()) and peer is not None else None


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one call did: how many bytes went, and what the other node's parcel did here."""

    pushed: int
    fetched: Passage


def exchange_now(peer: Peer, *, by: User) -> Exchanged:
    """Push this node's parcel to the other node, fetch its newest, take it in.

    Raises `ExchangeError`; then it may simply be tried again.
    """
    if not peer.url or not peer.enabled:
        raise ExchangeError(_("%(party)s is not reached by HTTPS from here; send files.") % {"party": peer.party})
    # Who keeps the log sends everything: what the other side has already changes nothing there.
    data = newest_for(peer.exchange, peer.party, 0, frozenset())
    _call(peer, "POST", peer.url, data)
    with office_of(peer.exchange) as office:
        have, files = held(office)
    fetched = _call(peer, "GET", f"{peer.url}?have={have}&files={quote(','.join(sorted(files)), safe=',/')}")
    return Exchanged(len(data), take_parcel(peer.exchange, fetched, by=by, party=peer.party, by_https=True))


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    local = parts.hostname in _ON_THIS_MACHINE
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise ExchangeError(_("The address begins with https://; plain http is for nodes on one machine."))
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ExchangeError(_("This is not the address that the other node shows under “Mail”."))


def _call(peer: Peer, method: str, url: str, body: bytes | None = None) -> bytes:
    """One request without redirects, cookies or proxies. Raises `ExchangeError`."""
    parts = urlsplit(url)
    assert parts.hostname is not None, "addresses were checked when they were kept"
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=_TIMEOUT, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT)
    headers = {"Authorization": f"Bearer {peer.token}", "Content-Type": "application/octet-stream"}
    try:
        connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers)
        response = connection.getresponse()
        data = response.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise ExchangeError(
            _("The node of %(party)s was not reached (%(kind)s); nothing was lost, try again or send files.")
            % {"party": peer.party, "kind": type(error).__name__}
        ) from None
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise ExchangeError(
            _("The node of %(party)s did not take part (%(status)s); compare the address and the secret with it.")
            % {"party": peer.party, "status": response.status}
        )
    if len(data) > MOST_BYTES:
        raise ExchangeError(_("This file is larger than any exchange needs, and was not read."))
    return data
