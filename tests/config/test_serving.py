"""What a serve process does before it takes its first request."""

import gc

from thammuu.config import serving


def test_what_was_imported_is_kept_out_of_the_collectors_way() -> None:
    living = len(gc.get_objects())
    try:
        serving.settle()
        assert gc.get_freeze_count() > living / 2 > len(gc.get_objects())
    finally:
        gc.unfreeze()
