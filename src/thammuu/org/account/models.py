"""Second factors, sessions, tokens and attempts. None describes a person: each leads to an account or to nothing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Factor(models.Model):
    """A second factor of an account: an authenticator app, a passkey, or a set of recovery codes.

    `closed` is the app's secret, encrypted; `public` the passkey's public data; `digests` those of the codes left.
    `counter` is the last step of an app, or a passkey's own count of its uses: neither may come again.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("org.Account", models.PROTECT, related_name="factors")
    kind = models.TextField()
    name = models.TextField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    codes_left = models.IntegerField(null=True)
    closed = models.TextField(default="")
    public = models.BinaryField(default=b"")
    credential = models.TextField(default="")
    digests = ArrayField(models.TextField(), default=list)
    counter = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["account"], condition=models.Q(removed_at=None), name="org_factor_in_use")]
        constraints = [
            models.UniqueConstraint(
                fields=["credential"],
                condition=models.Q(removed_at=None) & ~models.Q(credential=""),
                name="org_factor_credential",
            )
        ]


class SignInSession(models.Model):
    """A session of an account; `key` is the browser's, and empty once it has ended."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("org.Account", models.PROTECT, related_name="sign_in_sessions")
    device = models.TextField()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    key = models.TextField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account"], condition=models.Q(ended_at=None), name="org_session_open")]


class ApiToken(models.Model):
    """With what another system acts for a post; it holds while its account holds that post, by this holding.

    `scopes` as in `scopes.SCOPES`; `unit` the top of what it reaches, None for all that the post reaches. Only a
    digest of the token is kept; `prefix` is the part by which it is recognised. `used_on` and `uses` are kept about
    once a minute and are no history.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("org.Account", models.PROTECT, related_name="tokens")
    holding = models.ForeignKey("org.Holding", models.PROTECT, related_name="tokens")
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True)
    purpose = models.TextField()
    scopes = ArrayField(models.TextField())
    prefix = models.TextField(unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    digest = models.TextField()
    used_on = models.DateField(null=True)
    uses = models.BigIntegerField(default=0)

    class Meta:
        db_table = "org_api_token"
        indexes = [models.Index(fields=["account"], condition=models.Q(revoked_at=None), name="org_token_in_use")]


class SignInIdentity(models.Model):
    """Whom a provider must vouch for so that an account opens; nothing else that the provider knows is kept.

    `digest` is of `salt`, issuer and subject (`identities.digest_of`): the journal tells it instead of the subject, so
    a row that was changed behind its back opens nothing.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("org.Account", models.PROTECT, related_name="identities")
    issuer = models.TextField()
    subject = models.TextField()
    salt = models.BinaryField()
    digest = models.TextField()
    linked_at = models.DateTimeField()
    unlinked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_sign_in_identity"
        indexes = [models.Index(fields=["account"], condition=models.Q(unlinked_at=None), name="org_identity_in_use")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=models.Q(unlinked_at=None), name="org_identity_one_account"
            )
        ]


class SignInAttempt(models.Model):
    """An attempt to prove who one is that has not succeeded; what was typed as name is kept as a digest only."""

    id = models.UUIDField(primary_key=True)
    name_digest = models.TextField()
    address = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="org_attempt_name"),
            models.Index(fields=["address", "at"], name="org_attempt_address"),
        ]


class AddressBlock(models.Model):
    """An address from which many names were tried; no sign-in is taken from it until then."""

    id = models.UUIDField(primary_key=True)
    address = models.TextField()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "ends_at"], name="org_block_address")]
