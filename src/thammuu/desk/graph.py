"""The drawing of a thread: columns by stage, boxes by time, curves for links. Pure; units are pixels of the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from thammuu.desk.thread import Node, Thread
from thammuu.journal.subjects import Subject

WIDTH, HEIGHT = 216, 52
ACROSS, DOWN, EDGE = 72, 16, 12
TALLEST = 10
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Box:
    """A subject in its place. `more` counts those of its column that are left out below it."""

    x: int
    y: int
    kind: Subject
    url: str
    title: str
    full_title: str
    state: str
    tone: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A link, as the path of an SVG."""

    path: str


@dataclass(frozen=True, slots=True)
class Rest:
    """How many subjects of a column the drawing leaves to the list."""

    x: int
    y: int
    count: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing."""

    width: int
    height: int
    boxes: Sequence[Box]
    curves: Sequence[Curve]
    rests: Sequence[Rest]


def draw(thread: Thread) -> Drawing:
    """Place every subject of the thread; of a tall column the newest, and always the one the thread was asked for."""
    stages = sorted({node.stage for node in thread.nodes})
    places: dict[UUID, tuple[int, int]] = {}
    boxes: list[Box] = []
    rests: list[Rest] = []
    for column, stage in enumerate(stages):
        everyone = [node for node in thread.nodes if node.stage == stage]
        shown = _shown(everyone, thread.start)
        x = EDGE + column * (WIDTH + ACROSS)
        for row, node in enumerate(shown):
            places[node.id] = (x, EDGE + row * (HEIGHT + DOWN))
            boxes.append(_box(node, *places[node.id], chosen=node.id == thread.start.id))
        if len(shown) < len(everyone):
            rests.append(Rest(x, EDGE + len(shown) * (HEIGHT + DOWN), len(everyone) - len(shown)))
    ends = [(places[tie.target], places[tie.source]) for tie in thread.ties if {tie.source, tie.target} <= set(places)]
    tallest = max([box.y for box in boxes] + [rest.y for rest in rests])
    return Drawing(
        width=2 * EDGE + len(stages) * WIDTH + (len(stages) - 1) * ACROSS,
        height=tallest + HEIGHT + EDGE,
        boxes=boxes,
        curves=[Curve(_path(*sorted(pair))) for pair in ends],
        rests=rests,
    )


def _shown(everyone: Sequence[Node], start: Node) -> Sequence[Node]:
    newest = list(everyone[-TALLEST:])
    if start in everyone and start not in newest:
        newest[0] = start
    return newest


def _box(node: Node, x: int, y: int, *, chosen: bool) -> Box:
    title, state = node.card.title, node.card.state
    told = f"{title} · {state}"
    return Box(x, y, node.kind, node.card.url, _short(title), told, _short(state), node.card.tone, chosen)


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1].rstrip(' ·,')}…"


def _path(left: tuple[int, int], right: tuple[int, int]) -> str:
    """From the left box's right side to the right box's left side; within a column around the right side."""
    y1, y2 = left[1] + HEIGHT // 2, right[1] + HEIGHT // 2
    x1 = left[0] + WIDTH
    if left[0] == right[0]:
        out = x1 + ACROSS // 2
        return f"M{x1},{y1} C{out},{y1} {out},{y2} {x1},{y2}"
    middle = (x1 + right[0]) // 2
    return f"M{x1},{y1} C{middle},{y1} {middle},{y2} {right[0]},{y2}"
