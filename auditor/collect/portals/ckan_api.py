"""Calls of CKAN's action API, and the links of the datasets that it gives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import requests
from ckanapi import RemoteCKAN  # type: ignore[import-untyped]
from ckanapi.errors import CKANAPIError  # type: ignore[import-untyped]

from auditor.collect.portals import Client
from auditor.model import Link
from auditor.read.addresses import absolute

ROWS = 1000
SKEW = timedelta(minutes=5)
"""Between its clock and ours, where a server does not tell its time."""


class Refused(Exception):
    """The API did not give what was asked; the message says why."""


def call(ckan: RemoteCKAN, client: Client, action: str, **arguments: Any) -> Any:
    """The result of the action. Raises Refused."""
    try:
        return ckan.call_action(action, arguments, requests_kwargs={"timeout": client.timeout})
    except CKANAPIError as error:  # also NotAuthorized, SearchError, ...: they are subclasses of it
        raise Refused(f"{action}: {type(error).__name__} {str(error)[:200]}".strip()) from None
    except (requests.RequestException, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"{action}: {type(error).__name__} {str(error)[:200]}".strip()) from None


def packages_of(page: Any) -> list[dict[str, Any]]:
    """The datasets on a page of package_search. Raises Refused where it is none."""
    results = page.get("results") if isinstance(page, dict) else None
    if not isinstance(results, list):
        raise Refused("package_search: no list of results")
    return [one for one in results if isinstance(one, dict) and isinstance(one.get("id"), str)]


def count_of(page: Any) -> int | None:
    """How many the portal says there are."""
    count = page.get("count") if isinstance(page, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def links_of(package: dict[str, Any], base: str) -> list[Link]:
    title = str(package.get("title") or package.get("name") or "")
    links = []
    if isinstance(package.get("name"), str):
        links.append(Link(base.rstrip("/") + "/dataset/" + quote(package["name"], errors="replace"), title))
    resources = package.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        if (
            isinstance(resource, dict)
            and isinstance(resource.get("url"), str)
            and (url := absolute(resource["url"], base))
        ):
            links.append(Link(url, str(resource.get("name") or resource.get("description") or ""), title))
    return links
