"""What the machine refuses, in a sentence: a full disk, a closed folder, a port."""

import errno
import os
import socket
from pathlib import Path

from builder.errors import PageError

CLOSED = "may not be written here; change that, or copy the project where you may"
ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and build again",
    errno.EDQUOT: "your share of the disk is full; free some space and build again",
    errno.EROFS: CLOSED,
    errno.EACCES: CLOSED,
    errno.EPERM: CLOSED,
}


def explain(error: OSError, folder: Path) -> PageError:
    """Turn what the system says of a file, by default of a folder, into a PageError."""
    why = error.strerror or str(error)
    advice = ADVICE.get(error.errno or 0)
    cause = f"{why}: {advice}" if advice else why
    return PageError(cause, path=error.filename2 or error.filename or folder)


def require_free_port(host: str, port: int) -> None:
    """Say before the build what the server would say after it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else str(error)
        cause = f"cannot serve at port {port}: {why}; is another server running? "
        cause += f"Take another port: make serve PORT={port + 1}, "
        cause += f"or mkdocs serve --dev-addr {host}:{port + 1}"
        raise PageError(cause, path=f"{host}:{port}") from error


def require_address(site_url: str | None) -> None:
    """Pages name their own address; without one, they name half of it."""
    if not site_url:
        cause = "site_url is empty; set SITE_URL to the address where the site will "
        cause += "live (https://...), or do not set it"
        raise PageError(cause, path=Path("mkdocs.yml"))
