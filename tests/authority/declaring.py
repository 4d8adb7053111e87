"""How the cells of the authority matrix are written, and the posts in them by what they may."""

from dataclasses import dataclass, field

MINISTRY = frozenset({"chief", "staff", "duty", "admin", "viewer"})
EVERYONE = MINISTRY | {"hanoi_officer", "hue_officer", "commune_officer"}
SEES_HANOI = MINISTRY | {"hanoi_officer"}
WATCH = frozenset({"chief", "duty"})
OPENS = EVERYONE - {"staff", "admin", "viewer"}


@dataclass(frozen=True)
class Cell:
    """One address and method. `sees`: whom it exists for (others 404); `does`: who is not refused (others 403).

    `before` and `after` stand in the address before and after the object's id.
    """

    name: str
    method: str = "get"
    made: str = ""
    sees: frozenset[str] = EVERYONE
    does: frozenset[str] = EVERYONE
    data: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    public: bool = False


def page(name: str, **kwargs: object) -> Cell:
    return Cell(name, "get", **kwargs)  # type: ignore[arg-type]  # the fields are named by whoever writes the cell


def of_hanoi(name: str, made: str, **kwargs: object) -> Cell:
    return Cell(name, "get", made, sees=SEES_HANOI, **kwargs)  # type: ignore[arg-type]  # the fields are named by whoever writes the cell


def act(name: str, made: str, does: frozenset[str], **data: str) -> Cell:
    return Cell(name, "post", made, sees=SEES_HANOI, does=does, data=data)


ADMINISTERS = frozenset({"admin"})
