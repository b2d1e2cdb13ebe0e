"""The sheets of a scenario's workbook: their titles and columns, what each is for.

The titles and headings are a contract: workbooks that people keep are read by them.
"""

from __future__ import annotations

from dataclasses import dataclass

from partnerselect.errors import Loc
from partnerselect.files.book_kinds import (
    AMOUNT,
    CURVE,
    DAY,
    FLAG,
    IDS,
    LEVELS,
    LIMIT,
    LOCAL,
    MAPPING,
    MARK,
    NUMBER,
    POINTS,
    SCALAR,
    TEXT,
    TODAY,
    Kind,
    reference,
    references,
    words,
)
from partnerselect.model import PRICE_KINDS, PROGRAMME_PRICES, RULE_KINDS, normal


@dataclass(frozen=True)
class Column:
    """A column: its heading, the keys of what stands in it, its kind, and what belongs there."""

    heading: str
    path: tuple[str, ...]
    kind: Kind
    about: str

    @property
    def key(self) -> str:
        """The heading as it is compared."""
        return normal(self.heading)


@dataclass(frozen=True)
class Layout:
    """A sheet: its title, what it holds, its columns."""

    title: str
    about: str
    columns: tuple[Column, ...]
    section: str = ""
    """The part of a scenario of which each row is an entry."""
    more: str = ""
    """What further columns are for, where there may be any."""

    @property
    def by_key(self) -> dict[str, Column]:
        """The columns by their headings as they are compared."""
        return {column.key: column for column in self.columns}


def _key(name: str, kind: Kind, about: str) -> Column:
    """Return a column that is called as the key it stands for."""
    return Column(name, (name,), kind, about)


def _id(what: str) -> Column:
    about = f"A short name in small letters, digits and hyphens; left blank, made from the {what}."
    return Column("id", (), TEXT, about)


def _title(about: str = "The name readers see.") -> Column:
    return _key("title", TEXT, about)


_SHORT = _key("short", TEXT, "The name where there is little room for the title.")
_ABOUT = _key("about", TEXT, "One sentence or more, for the reader.")

_NOTES = _key("notes", TEXT, "Remarks for the reader; the paper prints them.")
_WEIGHTED = (
    Column("method", (), words("swing", "direct", "rank"), "How the weights were given."),
    Column(
        "variant",
        (),
        words("centroid", "sum", "reciprocal"),
        "How ranks become weights, if they were given as ranks.",
    ),
)
_PROGRAMME = Column("programme", (), reference("programmes"), "By its id or its title.")
_POINTS = "A column for each criterion: its points, or its rank (1 the most important)."

SCENARIO = Layout(
    "Scenario",
    "What holds for the whole choice, a line each.",
    (
        Column("key", (), TEXT, "Such as title, as-at, currency, analysis.samples."),
        Column("value", (), SCALAR, "What holds."),
    ),
)
SCENARIO_PARTS = (
    *("format", "title", "about", "notes", "as-at", "illustrative", "currency", "organisation"),
    *("criteria", "payers", "components", "aim", "analysis"),
)
"""The parts of a scenario that stand on its first sheet, each value on a line by its path."""
CRITERIA_PARTS = frozenset({"title", "about", "weights"})
"""Of the criteria set, what stands on the first sheet; the criteria have a sheet of their own."""
TEXTS = frozenset({"title", "about", "notes", "currency", "short"})
"""Keys of the first sheet whose value is text, whatever it looks like."""
CRITERIA = Layout(
    "Criteria",
    "What matters: a row for each criterion, and for each branch of criteria.",
    (
        _id("title"),
        _title(),
        Column("parent", (), TEXT, "The branch it belongs to, by its id; blank at the top."),
        _key("weight", POINTS, "Going from worst to best, against its siblings."),
        Column("scale", ("scale", "local"), LOCAL, "How scores become values."),
        Column("ratio", ("scale", "ratio"), words("lowest", "highest"), "Marks, own against it."),
        Column("worst", ("scale", "worst"), NUMBER, "The score worth 0; it may be the larger."),
        Column("best", ("scale", "best"), NUMBER, "The score worth 100."),
        Column("levels", ("scale", "levels"), LEVELS, "Such as poor: 0; fair: 50; good: 100."),
        Column("points", ("scale", "points"), CURVE, "Scores and values: 0: 0; 5: 70; 10: 100."),
        Column("unit", ("scale", "unit"), TEXT, "Unit of the scores, for the reader."),
        Column("at least", ("at-least",), MARK, "Below it a partner is not eligible."),
        Column("beyond", ("scale", "beyond"), words("clip"), "clip: outside counts as the end."),
        _key(
            "from",
            words("own-cost-per-day", "own-cost", "cost", "cost-per-day"),
            "Computed from prices, not scored.",
        ),
        _key("asks", TEXT, "The question a scorer answers."),
        _key("preference", MAPPING, "For PROMETHEE: shape: linear; …"),
    ),
)
PHASES = Layout(
    "Phases",
    "Phases of time, if any.",
    (
        _id("title"),
        _title("The name readers see; the id does where it is blank."),
        _key("starts", DAY, "The day it begins."),
    ),
    section="phases",
)
GATES = Layout(
    "Gates",
    "What others decide.",
    (
        _id("title"),
        _title(),
        _ABOUT,
        _key(
            "status",
            words("confirmed", "expected", "refused", "unknown"),
            "Plans count on what is confirmed or expected.",
        ),
        _key("likelihood", SCALAR, "How likely it comes, such as 80%."),
    ),
    section="gates",
)
PARTNERS = Layout(
    "Partners",
    "The candidate partners, one row each.",
    (
        _id("title"),
        _title(),
        _SHORT,
        _key("offers", IDS, "Components it can deliver, with commas between."),
        _key("methods", IDS, "Methodologies it can work in; blank: any."),
        _key("capacity", LIMIT, "Days in all, or by phase: first: 10; next: 20."),
        Column("least days", ("engagement", "min-days"), NUMBER, "The fewest days, if any."),
        *(Column(kind.label, ("cost", kind.id), AMOUNT, kind.typed) for kind in PRICE_KINDS),
        Column("payer", ("funding", "payer"), TEXT, "Who else pays a share of its prices."),
        Column("covers", ("funding", "covers"), SCALAR, "The share that the payer meets."),
        Column("payer gate", ("funding", "gate"), reference("gates"), "What that depends on."),
        Column("top up", ("funding", "top-up"), words("us", "none"), "Who pays beyond its fund."),
        _key("gate", reference("gates"), "The decision it depends on."),
        _key("tags", IDS, "What it is among others."),
        _key("excluded", TEXT, "Why it is out everywhere."),
        _ABOUT,
        _NOTES,
    ),
    section="partners",
)
PROGRAMMES = Layout(
    "Programmes",
    "The programmes of work, one row each.",
    (
        _id("title"),
        _title(),
        _SHORT,
        _ABOUT,
        _key("importance", POINTS, "Against the other programmes."),
        _key("phases", references("phases"), "Blank: all of them."),
        Column("partners min", ("partners", "min"), NUMBER, "The fewest partners."),
        Column("partners max", ("partners", "max"), NUMBER, "The most partners."),
        _key("mandatory", FLAG, "It must run; otherwise it may be deferred."),
        _key("baseline", NUMBER, "The value of doing nothing, 0 to 100."),
        Column("internal days", ("internal-days",), AMOUNT, "Of our own team; may be 4–9."),
        _key("today", TODAY, "Who does it now: a partner, or need: partner; …."),
        Column("change cost", ("change", "cost"), NUMBER, "What it takes without them."),
        Column("change days", ("change", "internal-days"), NUMBER, "Our days for that."),
        _key("method", TEXT, "Every partner chosen must work in it."),
        _key("sponsor", TEXT, "The role that leads it."),
        _key("review", DAY, "When it is decided again."),
        _NOTES,
    ),
    section="programmes",
)
NEEDS = Layout(
    "Needs",
    "Days of each component that a programme needs.",
    (_PROGRAMME,),
    more="A column for each component: days such as 6, 4–9 or 4 / 6 / 9; or first: 4; next: 6.",
)
SCORES = Layout(
    "Scores",
    "A row for each partner, a column for each criterion.",
    (
        Column("partner", (), reference("partners"), "By its id or its title."),
        Column("programme", (), reference("programmes"), "Where it holds for one only."),
        _key("days", TEXT, "Days it takes in that programme: coaching: 5."),
        _key("excluded", TEXT, "Why it cannot work on that programme."),
        *(
            Column(kind.label, ("cost", kind.id), AMOUNT, kind.typed_there)
            for kind in PROGRAMME_PRICES
        ),
    ),
    more="A column for each criterion: a number, a level, a range 4–9 or 4 / 6 / 9, or ?.",
)
EVIDENCE = Layout(
    "Evidence",
    "What scores rest on.",
    (
        Column("partner", (), reference("partners"), "By its id or its title."),
        Column("criterion", (), reference("criteria"), "By its id or its title."),
        Column("programme", (), reference("programmes"), "If it is of a score for one only."),
        Column("text", ("evidence",), TEXT, "What the score rests on."),
        _key("source", TEXT, "Where it is found."),
        _key("published", DAY, "The day it was published."),
        _key("grade", TEXT, "How good it is."),
    ),
)
LIMITS = Layout(
    "Limits",
    "What the organisation can afford.",
    (
        Column("limit", (), TEXT, "budget, internal-days, funds.PAYER, partners.max, methods …"),
        Column("value", (), SCALAR, "Over the whole horizon; or fill in the phases beside it."),
    ),
    section="limits",
    more="A column for each phase, if there are phases.",
)
RULES = Layout(
    "Rules",
    "What couples choices, and what is decided already.",
    (
        _id("rule"),
        Column(
            "rule",
            (),
            words(*RULE_KINDS, "committed"),
            "apart, together: partners; require, forbid: partners of a programme; before,"
            " only-one, at-least-run: programmes; committed: a partner for a component.",
        ),
        Column("programmes", (), references("programmes"), "By their ids or titles."),
        Column("partners", (), references("partners"), "By their ids or titles."),
        Column("component", (), TEXT, "Of what is committed."),
        Column("anywhere", (), FLAG, "In the portfolio, not programme by programme."),
        Column("run", (), NUMBER, "How many of these programmes must run (at-least-run)."),
    ),
    section="rules",
)
RULED = {
    "apart": (("apart",), "partners"),
    "together": (("together",), "partners"),
    "before": (("before",), "programmes"),
    "only-one": (("only-one",), "programmes"),
    "at-least-run": (("at-least-run", "of"), "programmes"),
}
"""Rules that list some, by kind: the keys below which the list stands, and what it lists."""
GROUPS = Layout(
    "Groups",
    "Stakeholder groups and the weights they give.",
    (
        _id("title"),
        _title(),
        _key("voice", NUMBER, "How much it counts against the others."),
        *_WEIGHTED,
    ),
    section="stakeholders",
    more=_POINTS,
)
WEIGHTS = Layout(
    "Weights",
    "Weights of single programmes, where they differ from those of all.",
    (_PROGRAMME, *_WEIGHTED),
    more=_POINTS,
)
BASELINES = Layout(
    "Baselines",
    "Doing nothing, scored as a partner is, where no single value says it.",
    (_PROGRAMME,),
    more="A column for each criterion, computed ones too: a number, a level or a range.",
)
PLANS = Layout(
    "Plans",
    "Who delivers what, as somebody proposes it: plans to be judged.",
    (
        _id("title"),
        _title(),
        _key("by", TEXT, "The role that proposes it."),
        _key("why", TEXT, "Why it might be accepted for what it gives up."),
        _key("rest", words("open", "deferred"), "The rest: open or deferred."),
    ),
    section="plans",
    more="A column for each programme: a partner, need: partner; need: partner, or deferred.",
)
LAYOUTS = (
    *(SCENARIO, CRITERIA, PARTNERS, SCORES, EVIDENCE, PROGRAMMES, NEEDS),
    *(LIMITS, PHASES, GATES, RULES, GROUPS),
    *(WEIGHTS, BASELINES, PLANS),
)
"""In the order of the sheets."""
ENTITIES = (PHASES, GATES, PARTNERS, PROGRAMMES)
"""Sheets of which each row is an entry with keys of its own."""
READ_ME = "Read me"
BY_TITLE = {normal(layout.title): layout for layout in LAYOUTS}


def kind_of_key(loc: Loc) -> Kind:
    """Return the kind of a value of the first sheet."""
    if loc[-1] in TEXTS:
        return TEXT
    return {"as-at": DAY, "illustrative": FLAG}.get(str(loc[-1]), SCALAR)
