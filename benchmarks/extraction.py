"""Assignments proposed from the text of directives, against clauses whose answers were written by hand.

Each set was read once by a grammar that had not seen it (its `first_look`), and built on afterwards, but for the
newest: only first looks say how well unseen clauses are read. Every body that is charged with something of its own is
labelled as lead.
"""

import argparse
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from thammuu.directives.extraction import Proposal, propose, readable
from thammuu.directives.extraction.products import kind_of
from thammuu.directives.extraction.words import level

CLAUSES = Path(__file__).parent / "clauses"
BUILT = tuple(
    CLAUSES / f"{name}.toml"
    for name in (
        "build",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    )
)
"""The sets in the order in which they were written; the first holds two, of which the figures are no longer with it."""
READ_ONCE = tuple(CLAUSES / f"{name}.toml" for name in ("twenty-first", "twenty-second"))
"""The newest sets: nothing was built on them yet."""
WITHHELD = tuple(CLAUSES / f"withheld-{name}.toml" for name in ("thirteenth", "fourteenth", "sixteenth"))
"""Halves of sets on whose other half the grammar was built. Only their sums are looked at."""
GOALS = {"lead": 0.95, "supporting": 0.90, "deadline": 0.95, "product": 0.85}


def values_of(found: Sequence[Proposal], *, several: bool = False) -> dict[str, list[str]]:
    """Return what was proposed for one clause, by field, in comparable form.

    Of a proposal's deadlines the first counts, but where a person read `several` in the clause.
    """
    deadlines = [one for each in found for one in (each.deadline, *(each.other_deadlines if several else ()))]
    return {
        "lead": sorted({level(words.text) for one in found for words in one.leads}),
        "supporting": sorted({level(words.text) for one in found for words in one.supporting}),
        "deadline": sorted({one.value() for one in deadlines if one}),
        "product": sorted({level(one.product.text) for one in found if one.product}),
    }


def answers_of(clause: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a person read in the clause, in the same form."""
    return {
        "lead": [level(name) for name in clause.get("leads", ())],
        "supporting": [level(name) for name in clause.get("supporting", ())],
        "deadline": [*clause.get("deadlines", ()), *([clause["deadline"]] if "deadline" in clause else ())],
        "product": [level(one) for one in (*clause.get("products", ()), *filter(None, [clause.get("product")]))],
    }


def agree(field: str, told: str, answer: str) -> bool:
    """Say whether a value is right: the same; a product, its count apart, if one of a kind begins with the other."""
    if field != "product":
        return told == answer
    told, answer = (re.sub(r"^\d+ ", "", one) for one in (told, answer))
    return kind_of(told) == kind_of(answer) and (told.startswith(answer) or answer.startswith(told))


def clauses_in(file: Path) -> tuple[date, list[dict[str, Any]]]:
    """Return the day of signing and the clauses of a file."""
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    return given["issued_on"], given["clause"]


def first_looks() -> dict[str, dict[str, float]]:
    """Return the F1 by field of each set when it was read for the first time, by a grammar that did not know it."""
    given = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in (*BUILT, *READ_ONCE)}
    return {name: one["first_look"] for name, one in given.items() if "first_look" in one}


def judge(file: Path) -> tuple[Counter[str], list[str]]:
    """Return hits, misses and false values by field ("lead hit"), and each disagreement as a line."""
    issued_on, clauses = clauses_in(file)
    counts: Counter[str] = Counter()
    lines = []
    for clause in clauses:
        found, answers = propose(readable(clause["text"]), issued_on), answers_of(clause)
        told = values_of(found, several="deadlines" in clause)
        for field in GOALS:
            missed = [one for one in answers[field] if not any(agree(field, other, one) for other in told[field])]
            wrong = [one for one in told[field] if not any(agree(field, one, other) for other in answers[field])]
            counts.update({f"{field} hit": len(answers[field]) - len(missed), f"{field} missed": len(missed)})
            counts[f"{field} wrong"] += len(wrong)
            if missed or wrong:
                lines.append(f"{clause['text'][:60]}… {field}: {wrong} instead of {missed}")
    return counts, lines


def figures_of(counts: Counter[str]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 by field."""
    found = {}
    for field in GOALS:
        hit, missed, wrong = (counts[f"{field} {name}"] for name in ("hit", "missed", "wrong"))
        found[field] = {
            "precision": round(hit / max(1, hit + wrong), 4),
            "recall": round(hit / max(1, hit + missed), 4),
            "f1": round(2 * hit / max(1, 2 * hit + missed + wrong), 4),
        }
    return found


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure precision, recall and F1 by field; the reference is what bare keywords find of leads and deadlines.

    Of a set that was built on since, the first look says whether the goal was met.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks extraction")
    parser.add_argument("--file", type=Path, default=READ_ONCE[-1], help="labelled clauses, as in benchmarks/clauses")
    parser.add_argument("--disagreements", action="store_true", help="print them to standard error")
    options = parser.parse_args(arguments)
    counts, lines = judge(options.file)
    if options.disagreements:
        sys.stderr.write("".join(f"{line}\n" for line in lines))
    figures = figures_of(counts)
    reference = keywords(options.file)
    first = first_looks().get(options.file.stem, {})
    return {
        "figures": figures,
        "first_looks": first_looks(),
        "withheld": {file.stem: {field: one["f1"] for field, one in _figures(file).items()} for file in WITHHELD},
        "reference": reference,
        "ratio": round(figures["lead"]["f1"] / max(reference["lead"], 0.0001), 3),
        "goal": GOALS,
        "met": all(first.get(field, figures[field]["f1"]) >= goal for field, goal in GOALS.items()),
    }


def _figures(file: Path) -> dict[str, dict[str, float]]:
    return figures_of(judge(file)[0])


def keywords(file: Path) -> dict[str, float]:
    """Return the F1 of leads and deadlines that two keywords find: "giao … chủ trì" and "ngày d/m/yyyy"."""
    counts: Counter[str] = Counter()
    for clause in clauses_in(file)[1]:
        text, answers = level(clause["text"]), answers_of(clause)
        lead = re.search(r"giao (.+?) chủ trì", text)
        day = re.search(r"ngày (\d{1,2})/(\d{1,2})/(\d{4})", text)
        told = {
            "lead": [lead[1]] if lead else [],
            "deadline": [f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"] if day else [],
        }
        for field, values in told.items():
            hit = len(set(values) & set(answers[field]))
            counts.update({f"{field} hit": hit, f"{field} missed": len(answers[field]) - hit})
            counts[f"{field} wrong"] += len(values) - hit
    return {field: figures_of(counts)[field]["f1"] for field in ("lead", "deadline")}
