"""The nouns of an audit, frozen; nothing here does I/O, reads a clock or knows a regulation.

Times are aware and in UTC (`Capture.at`); dates that a judgement uses are in the body's time zone (`Facts.at`).
"""

from auditor.model.actions import Action, actions, asked, can_act
from auditor.model.answer import VIA_ANSWER, Heard, Objection, Outcome
from auditor.model.body import ROLES, Body, Role, Site, Unit
from auditor.model.bounds import CONCENTRATION, DRAWS, Alternative, Bounds, Part, RankInterval, Sensitivity
from auditor.model.collected import Capture, Refusal, Visit
from auditor.model.criterion import Basis, Catalogue, Criterion, Dimension, Indicator
from auditor.model.document import Asked, Dataset, Document, Portal, Resource, Table, TableError
from auditor.model.facts import Facts, Prior, PriorFinding, PriorFront, SiteFacts
from auditor.model.finding import Change, Finding, Judgement, RunSummary, Score, State, headline
from auditor.model.manners import Manners
from auditor.model.page import Form, HtmlTable, Link, Nature, Page, Personal, TitleFacts
from auditor.model.quality import Archive, Measure, Measured, Quality, Rating, Recency, SchemeSource, TableRules
from auditor.model.text import Text
from auditor.model.verdict import Evidence, Item, Searched, Status, Verdict, finding_id
from auditor.model.witnessed import Certificate, Exposure, Memento, Wildcard

__all__ = [
    "CONCENTRATION",
    "DRAWS",
    "ROLES",
    "VIA_ANSWER",
    "Action",
    "Alternative",
    "Archive",
    "Asked",
    "Basis",
    "Body",
    "Bounds",
    "Capture",
    "Catalogue",
    "Certificate",
    "Change",
    "Criterion",
    "Dataset",
    "Dimension",
    "Document",
    "Evidence",
    "Exposure",
    "Facts",
    "Finding",
    "Form",
    "Heard",
    "HtmlTable",
    "Indicator",
    "Item",
    "Judgement",
    "Link",
    "Manners",
    "Measure",
    "Measured",
    "Memento",
    "Nature",
    "Objection",
    "Outcome",
    "Page",
    "Part",
    "Personal",
    "Portal",
    "Prior",
    "PriorFinding",
    "PriorFront",
    "Quality",
    "RankInterval",
    "Rating",
    "Recency",
    "Refusal",
    "Resource",
    "Role",
    "RunSummary",
    "SchemeSource",
    "Score",
    "Searched",
    "Sensitivity",
    "Site",
    "SiteFacts",
    "State",
    "Status",
    "Table",
    "TableError",
    "TableRules",
    "Text",
    "TitleFacts",
    "Unit",
    "Verdict",
    "Visit",
    "Wildcard",
    "actions",
    "asked",
    "can_act",
    "finding_id",
    "headline",
]
