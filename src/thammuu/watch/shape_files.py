"""Files of shapes, GeoJSON or TopoJSON: read in the sandbox, since a few arcs can unfold to gigabytes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput
from thammuu.paper.sandbox import Answer, Broken, Limits, TooMuch, read_apart
from thammuu.watch.geometry import Feature, read_features

_READER = "thammuu.watch.shape_files:features"
LIMITS = Limits(memory=1536 * 1024 * 1024)


def features_of(content: bytes) -> list[Feature]:
    """Return the features of a file. Raises `BadInput` saying what is wrong and where."""
    try:
        found = read_apart(_READER, content, limits=LIMITS).value
        return [Feature(dict(properties), dict(geometry)) for properties, geometry in found]
    except TooMuch:
        raise BadInput("file", _("The file takes more time or memory to read than a file may.")) from None
    except (Broken, TypeError, ValueError):
        raise BadInput("file", _("The file is damaged and cannot be read.")) from None


def features(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """In the sandbox: the properties and the geometry of each feature."""
    return Answer([(one.properties, one.geometry) for one in read_features(content)])


def rehearse() -> None:
    """Read a file of each kind, so that nothing is imported later."""
    for content in (b'{"type": "FeatureCollection", "features": []}', b"{", b'{"type": "Topology", "arcs": 1}'):
        try:
            features(content, {})
        except BadInput:
            continue
