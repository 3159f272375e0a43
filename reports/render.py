"""Templates to bytes: one environment a language, everything from outside escaped and neutralised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import dirname
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.model import Basis
from reports import labels
from reports.languages import Language
from reports.safe import clip, href, plain
from reports.wording import Wording, speak


class Here:
    """Where a page stands, for links that work from any web server, sub-path or folder.

    `path` is the Indonesian path under the published site; the other language has the same below its code.
    """

    def __init__(self, path: str, language: Language, assets: Mapping[str, str]) -> None:
        self.path = path
        self.language = language
        self.folder = tuple(part for part in dirname(language.prefix + path).split("/") if part)
        self._assets = assets
        self._known: dict[str, str] = {}

    def page(self, path: str) -> str:
        """The way to a page of the same language."""
        return self.file(self.language.prefix + path)

    def file(self, path: str) -> str:
        """The way to a file that both languages share. A page names the same ones often, so they are remembered."""
        way = self._known.get(path)
        if way is None:
            way = self._known[path] = _way(self.folder, path)
        return way

    def other(self, language: Language) -> str:
        """The way to this page in another language."""
        return self.file(language.prefix + self.path)

    def asset(self, name: str) -> str:
        return self.file(self._assets[name])


def _way(folder: tuple[str, ...], path: str) -> str:
    """From a folder to a path, both below the published site and without dots in them."""
    parts = path.split("/")
    shared = 0
    while shared < min(len(folder), len(parts) - 1) and folder[shared] == parts[shared]:
        shared += 1
    return "../" * (len(folder) - shared) + "/".join(parts[shared:])


def environment(language: Language) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("reports", "website/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Wording],
        auto_reload=False,  # or each page asks the disk whether its templates changed
    )
    made.policies["ext.i18n.trimmed"] = True
    speak(made, language.words)
    made.filters.update(
        say=language.say,
        number=language.number,
        gain=language.gain,
        percent=language.percent,
        day=language.day,
        day_of_year=language.day_of_year,
        weekday=language.weekday,
        time=language.time,
        href=href,
        clip=clip,
    )
    made.globals.update(
        articles=_articles(made),
        once=_once(made),
        STATUS=labels.STATUS,
        CHIP={status: _chip(status, language) for status in labels.STATUS},
        SIGN=labels.SIGN,
        STATE=labels.STATE,
        KIND=labels.KIND,
        OUTCOME=labels.OUTCOME,
        ROLE=labels.ROLE,
        RULE=labels.RULE,
        ITEM=labels.ITEM,
        LEVEL=labels.LEVEL,
        FLAW=labels.FLAW,
        FOLLOW_UP=labels.FOLLOW_UP,
        BASIS=labels.BASIS,
        whose=labels.whose,
        language=language,
    )
    return made


def _articles(templates: Environment) -> Callable[[tuple[Basis, ...]], Markup]:
    """Articles as a list, drawn once a language: many findings share a criterion."""
    drawn: dict[tuple[Basis, ...], Markup] = {}

    def articles(entries: tuple[Basis, ...]) -> Markup:
        if entries not in drawn:
            rendered = templates.get_template("basis.html").render(entries=entries)
            drawn[entries] = Markup(rendered)  # noqa: S704  # escaped by the template itself
        return drawn[entries]

    return articles


def _once(templates: Environment) -> Callable[..., Markup]:
    """A part that is the same on every page of a folder, drawn once for it: thousands of pages of evidence share it."""
    drawn: dict[tuple[str, ...], Markup] = {}

    def once(template: str, here: Here, folder: str, which: str, **context: Any) -> Markup:
        key = (template, *here.folder, folder, which)
        if key not in drawn:
            rendered = templates.get_template(template).render(here=here, folder=folder, which=which, **context)
            drawn[key] = Markup(rendered)  # noqa: S704  # escaped by the template itself
        return drawn[key]

    return once


def _chip(status: str, language: Language) -> Markup:
    """A status as a mark: sign and words, never by colour alone. Thousands stand on a page: made once a language."""
    words = language.words.gettext(labels.STATUS[status])
    return Markup('<span class="chip {}"><span aria-hidden="true">{}\u00a0</span>{}</span>').format(
        status, labels.SIGN[status], words
    )


def render(templates: Environment, template: str, **context: Any) -> bytes:
    """A page as UTF-8. What steers a display is taken out of the whole of it, wherever it came from."""
    return plain(templates.get_template(template).render(**context)).encode("utf-8")
