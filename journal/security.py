"""What every answer of the house says to the browser, and where a request comes from."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from articles.readers import Reader

__all__ = ["POLICY", "ContentSecurityPolicy", "Readers", "address_of", "is_inside", "reader_of"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: Without ``X-Forwarded-For`` each of these says that somebody handed the request on and not for whom.
HANDED_ON = ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Set the strict policy unless the view has set its own (only the fenced editor does)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


def address_of(request: HttpRequest) -> str | None:
    """The network address a request comes from; the record, the lockout and the inside network all ask here.

    The connection's own, or behind a proxy of ours the last hop of ``X-Forwarded-For``: what that proxy saw.
    Everything before it was written by the sender. ``None`` when there is none that reads as an address.
    """
    nearest = way_of(request)[0]
    return str(nearest) if nearest else None


def is_inside(request: HttpRequest) -> bool:
    """Whether a request comes from the inside network: every machine it names on its way stands there.

    One that does not say all of its way is not inside. So a machine between, which may well stand inside
    itself, lets nobody in, whether we were told of it or not.
    """
    return all(hop is not None and is_among(hop, settings.INSIDE_NETWORKS) for hop in way_of(request))


def way_of(request: HttpRequest) -> list[Address | None]:
    """The addresses a request came by, the nearest first, proxies of ours left out; ``None``: not readable.

    Only the first is a fact. The others are what senders wrote, good for nothing but to doubt the first.
    """
    connection = parsed(request.META.get("REMOTE_ADDR", ""))
    told = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = [parsed(hop.strip()) for hop in reversed(told.split(","))] if told else []
    # a connection without an address is a socket of this machine
    of_ours = settings.BEHIND_PROXY and (connection is None or is_among(connection, settings.TRUSTED_PROXIES))
    if not hops and (of_ours or any(request.META.get(name) for name in HANDED_ON)):
        return [connection, None]
    if not of_ours:
        return [connection, *hops]
    while len(hops) > 1 and hops[0] and is_among(hops[0], settings.TRUSTED_PROXIES):
        hops = hops[1:]
    return hops


def is_among(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def parsed(text: str) -> Address | None:
    """An IPv4 address in the clothes of IPv6 (``::ffff:10.0.0.7``) is an IPv4 address."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def reader_of(request: HttpRequest) -> Reader:
    """Who reads, as ``Readers`` (or the bake) has said; what the queries of issues and articles take."""
    reader: Reader = request.reader  # type: ignore[attr-defined]
    return reader


class Readers:
    """Says with every request who reads. The account is looked up only when it matters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = Reader(request.user, is_inside(request))  # type: ignore[attr-defined]
        return self.get_response(request)
