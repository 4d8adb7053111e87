"""Encryption for one recipient in the age format (age-encryption.org/v1): X25519, ChaCha20-Poly1305, in a stream.

Whoever holds the private key can also open the files with the `age` program. Writing needs the public key only.
"""

from io import BufferedIOBase
from typing import IO, cast

import pyrage
from pyrage.x25519 import Identity, Recipient

from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart


class Unreadable(Exception):
    """An encrypted file that cannot be opened: cut short, changed, or meant for another key."""


class WrongKey(Unreadable):
    """The file is whole as far as can be told, but encrypted for somebody else."""


def read_recipient(text: str) -> Recipient:
    """Return the recipient that the settings name; raises `CannotStart`."""
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise CannotStart(
            _("The setting backup_recipient is no public key; it begins with 'age1' ('thammuu backup key' makes one).")
        ) from None


def read_identity(text: str) -> Identity:
    """Return the private key in the text of a key file (lines with # are remarks); raises `CannotStart`."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            try:
                return Identity.from_str(line.strip())
            except pyrage.IdentityError:
                break
    raise CannotStart(_("The key file holds no private key; it has a line that begins with 'AGE-SECRET-KEY-1'."))


def encrypt_stream(source: IO[bytes], target: IO[bytes], recipient: Recipient) -> None:
    """Encrypt all of the source into the target."""
    pyrage.encrypt_io(cast(BufferedIOBase, source), cast(BufferedIOBase, target), [recipient])


def decrypt_stream(source: IO[bytes], target: IO[bytes], identity: Identity, name: str) -> None:
    """Decrypt all of the source, called `name`, into the target; raises `Unreadable`.

    What came before the fault has been written by then: use it only once this returns. An `OSError` of the target
    itself (a full disk) is passed on.
    """
    try:
        pyrage.decrypt_io(cast(BufferedIOBase, source), cast(BufferedIOBase, target), [identity])
    except (pyrage.DecryptError, OSError) as error:
        raise _fault(error, name) from None


def encrypt(content: bytes, recipient: Recipient) -> bytes:
    """Return the content encrypted."""
    return pyrage.encrypt(content, [recipient])


def decrypt(content: bytes, identity: Identity, name: str) -> bytes:
    """Return the content of the file called `name`; raises `Unreadable`."""
    try:
        return pyrage.decrypt(content, [identity])
    except (pyrage.DecryptError, OSError) as error:
        raise _fault(error, name) from None


def _fault(error: Exception, name: str) -> Exception:
    if "No matching keys" in str(error):
        return WrongKey(_("The key does not open {name}: it is encrypted for another recipient.").format(name=name))
    if isinstance(error, OSError) and error.errno is not None:
        return error
    return Unreadable(_("{name} was cut short or changed; it cannot be used.").format(name=name))
