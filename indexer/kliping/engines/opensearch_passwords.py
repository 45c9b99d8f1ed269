"""Where the password of a cluster's user comes from: never from an address, which others see."""

from __future__ import annotations

import netrc
import os

from kliping.engines.opensearch_address import PASSWORD, Address


def password_of(address: Address, /) -> str | None:
    """Return the password of the user at ``address``: of the environment, else of netrc."""
    if (told := os.environ.get(PASSWORD)) is not None:
        return told
    try:
        known = netrc.netrc(os.environ.get("NETRC"))
    except (OSError, netrc.NetrcParseError):  # none, or one that others may read
        return None
    for host, _ in address.hosts:
        login = known.authenticators(host)
        if login and login[0] == address.user:
            return login[2]
    return None
