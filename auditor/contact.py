"""In whose name hosts are asked: nobody's site is visited by a robot whose owner cannot be reached."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from auditor.collect.guard import Guard, NoContact
from auditor.config import EXAMPLE_CONTACT, Config, ConfigError


def nobody(contact: str) -> bool:
    """Whether it is still the contact that stands in the example."""
    return contact == EXAMPLE_CONTACT


def public_hosts(config: Config) -> list[str]:
    """Those of the configured hosts that have a public address, as this machine resolves them now."""
    hosts = sorted({urlsplit(site.url).hostname or "" for site in config.sites if site.url})
    guard = Guard(config.network.allow_private, nameless=True)
    with ThreadPoolExecutor(max_workers=16) as pool:
        answers = list(pool.map(lambda host: _public(guard, host), hosts))
    return [host for host, public in zip(hosts, answers, strict=True) if public]


def require_contact(config: Config) -> None:
    """Raises ConfigError where a public address would be audited in the name of the example.

    Where no name resolves there is nobody to be asked; what is met later all the same is refused at its connection.
    """
    if not nobody(config.network.contact):
        return
    hosts = public_hosts(config)
    if hosts:
        raise ConfigError(
            f"{config.path}: [network] contact is still the example's ({EXAMPLE_CONTACT}); write your own address "
            f"there: {hosts[0]}{f' and {len(hosts) - 1} more' if len(hosts) > 1 else ''} would be asked in that name"
        )


def _public(guard: Guard, host: str) -> bool:
    try:
        guard.addresses(host, 80)
    except NoContact:
        return True
    except Exception:
        # No such name, a private address, or none that a resolver takes: whatever it is, it is not asked in public.
        return False
    return False
