"""The connection to a cluster."""

from __future__ import annotations

import os
from typing import Any

from opensearchpy import OpenSearch

from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_passwords import password_of

CA_FILE = "KLIPING_OPENSEARCH_CA"
TIMEOUT = 60.0  # seconds that one request may take
_CONNECTIONS = 10  # kept open to each node


def connect(
    address: Address,
    /,
    *,
    password: str | None = None,
    ca_file: str | None = None,
    timeout: float = TIMEOUT,
    **options: Any,
) -> OpenSearch:
    """Return what talks to the cluster at ``address``; nothing is sent yet.

    Args:
        address: whose hosts and user count, not its name.
        password: the user's; else ``KLIPING_OPENSEARCH_PASSWORD`` of the environment, else netrc's.
        ca_file: certificates to trust; else ``KLIPING_OPENSEARCH_CA``, else the usual ones.
        timeout: how many seconds one request may take.
        options: further ones of the library.
    """
    if password is None:
        password = password_of(address) or ""
    if address.scheme == "https":
        options["ca_certs"] = ca_file or os.environ.get(CA_FILE) or None
    return OpenSearch(
        hosts=[{"host": host, "port": port} for host, port in address.hosts],
        http_auth=(address.user, password) if address.user else None,
        use_ssl=address.scheme == "https",
        timeout=timeout,
        pool_maxsize=_CONNECTIONS,
        # The next node at once where one does not answer; what else may pass is waited for
        # (kliping.engines.opensearch_retrying).
        max_retries=len(address.hosts),
        retry_on_status=(),
        **options,
    )
