"""What can go wrong with the key of the database, said as errors a clerk can act on."""

from station_desk.core.errors import AuthError, RuleError, TroubleError


class KeyAway(AuthError):
    """This PC no longer holds its half of the key: the envelope is needed. Values: path."""

    code = "key.away"


class PassphraseNeeded(AuthError):
    """The profile opens with a passphrase, and none was given. Values: path."""

    code = "key.passphrase_needed"


class WrongSecret(AuthError):
    """Neither the passphrase nor the recovery key of this profile. Values: path."""

    code = "key.wrong"


class NoEnvelope(AuthError):
    """A recovery key was given, and the profile has none. Values: path."""

    code = "key.no_envelope"


class NoKeyPlace(AuthError):
    """Neither a key store nor a folder of the user's takes the key. Values: path, why."""

    code = "key.no_place"


class KeyFileUnreadable(AuthError):
    """The file named by `--key-file` cannot be read. Values: file, why."""

    code = "key.file_unreadable"


class GroupWrong(RuleError):
    """A group of the recovery key is mistyped. Values: place, group."""

    code = "key.group_wrong"


class GroupsMissing(RuleError):
    """Not as many groups as the recovery key has. Values: found, needed."""

    code = "key.groups_missing"


class PassphraseShort(RuleError):
    """A passphrase that could be guessed. Values: least."""

    code = "key.passphrase_short"


class ProfileInUse(TroubleError):
    """The key can be changed only while nobody else has the profile open. Values: path."""

    code = "key.in_use"
