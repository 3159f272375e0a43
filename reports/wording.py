"""Words in their language put into a template while it is compiled: each environment speaks one language only.

Jinja's own extension looks a sentence up each time that it is drawn; a large run draws some hundred thousand of them.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup


class Wording(InternationalizationExtension):
    """`trans` blocks without a plural become the sentence itself; `speak` gives the words before anything is drawn."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        if plural_expr is not None or context is not None:
            return super()._make_node(
                singular, plural, context, variables, plural_expr, vars_referenced, num_called_num
            )
        said = self.environment.say_msgid(singular)  # type: ignore[attr-defined]
        if not variables:
            return nodes.Output([nodes.TemplateData(said % {})])
        pairs = [nodes.Pair(nodes.Const(key), value) for key, value in variables.items()]
        return nodes.Output([nodes.Mod(nodes.MarkSafe(nodes.Const(said)), nodes.Dict(pairs))])


def speak(templates: Environment, words: gettext.NullTranslations) -> None:
    """Gives the templates their language: `{% trans %}`, and `_(…)` within an expression."""
    templates.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    templates.extend(say_msgid=words.gettext)
    templates.globals["_"] = _spoken(words.gettext)


def _spoken(say: Callable[[str], str]) -> Callable[..., Markup]:
    known: dict[str, Markup] = {}

    def spoken(msgid: str, **variables: object) -> Markup:
        if msgid not in known:
            known[msgid] = Markup(say(msgid))  # noqa: S704  # our own words
        return known[msgid] % variables

    return spoken
