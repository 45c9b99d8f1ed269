"""The connection to a cluster."""

from __future__ import annotations

import os
import ssl
from typing import Any

from opensearchpy import OpenSearch

from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_passwords import password_of
from kliping.errors import StorageError

CA_FILE = "KLIPING_OPENSEARCH_CA"
TIMEOUT = "KLIPING_OPENSEARCH_TIMEOUT"
_SECONDS, _LONGEST = 60.0, 86_400.0
_CONNECTIONS = 10  # kept open to each node


def connect(
    address: Address,
    /,
    *,
    password: str | None = None,
    ca_file: str | None = None,
    timeout: float | None = None,
    **options: Any,
) -> OpenSearch:
    """Return what talks to the cluster at ``address``; nothing is sent yet.

    Args:
        address: whose hosts and user count, not its name.
        password: the user's; else ``KLIPING_OPENSEARCH_PASSWORD`` of the environment, else netrc's.
        ca_file: certificates to trust; else ``KLIPING_OPENSEARCH_CA``, else the usual ones.
        timeout: how many seconds a request may take; else ``KLIPING_OPENSEARCH_TIMEOUT``, or 60.
        options: further ones of the library.

    Raises:
        StorageError: what the environment says of certificates or seconds cannot be meant.
    """
    if password is None:
        password = password_of(address) or ""
    if address.scheme == "https":
        options["ca_certs"] = _readable(ca_file or os.environ.get(CA_FILE) or None)
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.hosts],
        http_auth=(address.user, password) if address.user else None,
        use_ssl=address.scheme == "https",
        timeout=_seconds() if timeout is None else timeout,
        pool_maxsize=_CONNECTIONS,
        # The next node at once where one does not answer; what else may pass is waited for
        # (kliping.engines.opensearch_retrying).
        max_retries=len(address.hosts),
        retry_on_status=(),
        **options,
    )


def _readable(ca_file: str | None) -> str | None:
    """Return a file of certificates, once they have been read."""
    if ca_file is not None:
        try:
            ssl.create_default_context(cafile=ca_file)
        except OSError as error:
            why = error.strerror or error.args[-1]
            raise StorageError(
                f"{ca_file}: no certificate can be read there ({why}); "
                f"name the file of the server's CA in {CA_FILE}",
                path=ca_file,
            ) from error
    return ca_file


def _seconds() -> float:
    told = os.environ.get(TIMEOUT) or str(_SECONDS)
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < _LONGEST:
        raise StorageError(f"{TIMEOUT} takes seconds, such as 30, not '{told}'")
    return seconds
