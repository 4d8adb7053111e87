"""The desk's one table: the words of the journal, derived from its entries and rebuilt from them at any time."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchEntry(models.Model):
    """An entry of the journal as search finds it. `units` grow with those of its subject; `at` is when it was recorded.

    `folded` and `accented` are the text's syllables between single spaces, in the two search forms. `lexemes` holds
    what `desk.lexemes` makes of them, for the index only.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.UUIDField()
    kind = models.TextField()
    subject_kind = models.TextField()
    subject = models.UUIDField()
    world = models.TextField()
    units = ArrayField(models.UUIDField())
    classification = models.SmallIntegerField(default=0, db_default=0)
    event_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    text = models.TextField()
    folded = models.TextField()
    accented = models.TextField()
    lexemes = SearchVectorField()

    class Meta:
        db_table = "desk_search"
        indexes = [
            # The newest entries wait in a short list (KB) and are sorted in together, which costs a tenth of sorting in
            # each by itself; short, because every search goes through it.
            GinIndex(
                fields=["lexemes", "units"], name="desk_search_lexemes", fastupdate=True, gin_pending_list_limit=256
            ),
            models.Index(fields=["subject"], name="desk_search_subject"),
            models.Index(fields=["at"], name="desk_search_at"),
        ]
