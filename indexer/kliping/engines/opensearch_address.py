"""The address of an index on OpenSearch, and of what lies beside it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from kliping.errors import NotAnIndex
from kliping.values import Value

PASSWORD = "KLIPING_OPENSEARCH_PASSWORD"
FORM = "http(s)://USER@HOST:PORT/NAME"
_PORTS = {"http": 9200, "https": 443}
# What a new index may be told in its address, each with the name that the server has for it.
_SETTINGS = {
    "shards": ("number_of_shards", re.compile(r"[1-9]\d{0,3}")),
    "replicas": ("number_of_replicas", re.compile(r"\d{1,2}")),
    "codec": ("codec", re.compile(r"default|best_compression|zstd(_no_dict)?")),
}
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")


class Address(Value):
    """The address of an index: ``https://user@one:9200,two:9200/name``. It holds no password.

    ``hosts`` are nodes of one cluster: where one does not answer, the next is asked. ``settings``
    are for a new index: ``?shards=6&replicas=1&codec=best_compression`` behind the name. An index
    that is ``of`` another is called by that one's name: it is what people know, and may type.
    """

    scheme: str
    hosts: tuple[tuple[str, int], ...]
    name: str
    user: str | None = None
    settings: tuple[tuple[str, str], ...] = ()
    of: str = ""

    @classmethod
    def parse(cls, url: str, /) -> Address:
        """Take an address apart.

        Raises:
            NotAnIndex: it is none, or holds a password, which all who list processes would see.
        """
        try:
            parts = urlsplit(url)
            user, _, nodes = parts.netloc.rpartition("@")
            hosts = tuple(_host(node, _PORTS[parts.scheme]) for node in nodes.split(","))
        except (ValueError, KeyError):
            raise NotAnIndex(f"no address: {_hidden(url)}; its form is {FORM}", path="") from None
        name = parts.path.strip("/")
        if ":" in user:
            shown = _hidden(url)
            raise NotAnIndex(
                f"{shown}: a password in an address is seen by others; set {PASSWORD} instead",
                path=shown,
            )
        if not _NAME.fullmatch(name) or parts.fragment:
            raise NotAnIndex(
                f"{url} names no index; its form is {FORM}, NAME of a-z, 0-9, '.', '_' and '-'",
                path=url,
            )
        return cls(parts.scheme, hosts, name, unquote(user) or None, _settings(url, parts.query))

    def __truediv__(self, part: str) -> Address:
        """Return the address of an index beside this one, ``name-part``, as of a folder within."""
        name, of = f"{self.name}-{part}", self.of or self.name
        return Address(self.scheme, self.hosts, name, self.user, self.settings, of)

    def __str__(self) -> str:
        user = f"{self.user}@" if self.user else ""
        return f"{self.scheme}://{user}{self.nodes}/{self.of or self.name}"

    @property
    def nodes(self) -> str:
        """The hosts, as they stand in the address."""
        return ",".join(f"{f'[{h}]' if ':' in h else h}:{port}" for h, port in self.hosts)


def _host(node: str, default: int) -> tuple[str, int]:
    parts = urlsplit(f"//{node}")
    if not parts.hostname:
        raise ValueError(node)
    return parts.hostname, default if parts.port is None else parts.port


def _settings(url: str, told: str) -> tuple[tuple[str, str], ...]:
    """Return what an address says behind the name, as the server calls it."""
    settings = {}
    for name, value in parse_qsl(told, keep_blank_values=True):
        known, form = _SETTINGS.get(name, ("", _NAME))
        if not known or not form.fullmatch(value):
            raise NotAnIndex(
                f"{url}: a new index is told shards=6, replicas=1 or codec=best_compression, "
                f"not {name}={value}",
                path=url,
            )
        settings[known] = value
    if "number_of_replicas" in settings:
        settings["auto_expand_replicas"] = "false"
    return tuple(settings.items())


def _hidden(url: str) -> str:
    """Return an address without its password."""
    head, slashes, rest = url.partition("//")
    user, at, place = rest.rpartition("@")
    return f"{head}{slashes}{user.partition(':')[0]}{at}{place}"
