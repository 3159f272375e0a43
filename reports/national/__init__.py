"""The page of all bodies, where one public folder holds several: by province and name, never by score."""

from reports.bodies import NationalBody, read
from reports.national.page import publish_national

__all__ = ["NationalBody", "publish_national", "read"]
