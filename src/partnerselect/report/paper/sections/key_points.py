"""The key points: what is to be approved, what it costs us, how sure it is, the runner-up, and on what condition, in at most 150 words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerselect.report.paper.asking import Asked
from partnerselect.report.paper.sections.writing import counted
from partnerselect.robustness.verdict import verdict_words
from partnerselect.rows.decision import money
from partnerselect.rows.otherwise import alternative_sentence
from partnerselect.rows.report import Row, no_answer_words
from partnerselect.wording import listed, points, share

MOST_WORDS = 150
FEW_WORDS = 45
"""Words in which every programme may be named with its partners; else partners are named with how many they get."""
NAMED = 6
"""Partners or programmes named; of more, the rest are counted."""
VERDICTS = ("robust", "sensitive", "too close to call")


def key_points(found: Asked) -> list[str]:
    """Return the key points as sentences, the indispensable first; as many as fit."""
    kept: list[str] = []
    for sentence in _sentences(found):
        if len(" ".join([*kept, sentence]).split()) <= MOST_WORDS:
            kept.append(sentence)
    return kept


def _sentences(found: Asked) -> Iterator[str]:
    if not found.answered:
        conflicts = [conflict.words for conflict in found.analysis.conflicts[:3]]
        yield f"Nothing can be recommended: {no_answer_words(found.analysis)}."
        yield from (f"{words[:1].upper()}{words[1:].removesuffix('.')}." for words in conflicts)
        return
    yield _approved(found)
    yield _cost(found)
    yield from _sure(found)
    yield from _condition(found)
    yield from _runner_up(found)
    yield from _whole(found)
    yield from _waiting(found)


def _approved(found: Asked) -> str:
    """Say whom to approve for how many programmes, with the names where they are few."""
    running = list(found.running)
    if not running:
        return "No partner is recommended: no programme is worth running within the limits."
    named = [f"{listed(row['partners'])} for {row['programme']}" for row in running]
    each = f"For approval: {'; '.join(named)}."
    if len(running) == 1 or len(each.split()) <= FEW_WORDS:
        return each
    engaged = Counter(partner for row in running for partner in row["partners"])
    names = [f"{name} ({count})" for name, count in engaged.most_common(NAMED)]
    more = f", and {len(engaged) - NAMED} more" if len(engaged) > NAMED else ""
    told = f"{', '.join(names)}{more}" if more else listed(names)
    return f"For approval: partners for {len(running)} of {len(found.decisions)} programmes, namely (in how many) {told}."


def _cost(found: Asked) -> str:
    account = found.analysis.allocation.account
    ours, others = (0.0, 0.0) if account is None else (account.trust_cost, account.cost - account.trust_cost)
    return f"It costs us {money(found.analysis, ours)}" + (f"; others pay {money(found.analysis, others)}." if others >= 1 else ".")


def _sure(found: Asked) -> Iterator[str]:
    """Say how sure: the words counted, and the least sure with its share."""
    rated = [row for row in found.running if row["verdict"]]
    told = [row for row in found.running if row["share"] is not None]
    if not told:
        yield "How sure this is was not worked out."
        return
    least = min(told, key=lambda row: row["share"])
    if len(told) == 1:
        yield f"How sure: {told_share(least)}."
        return
    words = Counter(row["verdict"] for row in rated)
    counts = listed([f"{words[word]} {word}" for word in VERDICTS if words[word]])
    rest = len(told) - len(rated)
    counts += f"{'; ' if counts else ''}{rest} not first on value" if rest else ""
    yield f"How sure: {counts}; least sure {least['programme']} ({told_share(least)} of the draws)."


def told_share(row: Row) -> str:
    """Say a share with its word, or that the partner is not first on value."""
    return verdict_words(row["share"]) if row["verdict"] else f"not first on value, {share(row['share'])}"


def _condition(found: Asked) -> Iterator[str]:
    """Say what it hangs on, and what is lost without it."""
    awaited = list(dict.fromkeys(gate for row in found.running for gate in row["gates"]))
    if not awaited:
        yield "It hangs on no decision of others."
        return
    yield f"On condition that this comes about: {'; '.join(awaited[:2])}{f'; and {len(awaited) - 2} more' if len(awaited) > 2 else ''}."  # noqa: PLR2004


def _runner_up(found: Asked) -> Iterator[str]:
    """Name the closest call, its runner-up and the margin."""
    close = [row for row in found.running if row["margin"] is not None]
    if close:
        nearest = min(close, key=lambda row: abs(row["margin"]))
        whole = "" if nearest["margin"] > 0 else ", though worth less to the whole"
        where = f" in {nearest['programme']}" if len(found.decisions) > 1 else ""
        yield f"Closest runner-up{where}: {nearest['runner_up']}, {nearest['margin_words']}{whole}."


def _whole(found: Asked) -> Iterator[str]:
    """Say how the choice as a whole stands in the draws."""
    shares = found.analysis.choices
    mine = next((one for one in shares.portfolios if one.recommended), None) if shares else None
    if shares and shares.regret:
        best = share(mine.share) if mine else "none"
        yield f"As a whole it is the best in {best} of the draws, and on average {points(shares.regret.mean)} of 100 short of the best."


def _waiting(found: Asked) -> Iterator[str]:
    waits = [row["programme"] for row in found.decisions if not row["partners"]]
    if waits:
        yield f"Waiting: {listed(waits[:2])}{f' and {len(waits) - 2} more' if len(waits) > 2 else ''}."  # noqa: PLR2004


def otherwise(found: Asked, kinds: tuple[str, ...]) -> list[Row]:
    """Return the sentences about gates, payers or partners otherwise, as rows with `words`."""
    return [{**row, "words": alternative_sentence(found.analysis, row)} for row in found.otherwise if row["kind"] in kinds]


def programmes_counted(found: Asked) -> str:
    """Say how many programmes and partners were weighed."""
    scenario = found.analysis.scenario
    return f"{counted(len(scenario.partners), 'partner')} and doing nothing for {counted(len(scenario.programmes), 'programme')}"
