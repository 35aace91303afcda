"""Why an edition, a root list or a key is refused; each refusal leaves what is in use as it is."""

from station_desk.core.errors import IntegrityError, RuleError

# The one file


class BundleTooLarge(RuleError):
    code = "edition.too_large"


class NotABundle(RuleError):
    code = "edition.not_a_bundle"


class BundleTruncated(RuleError):
    code = "edition.truncated"


class BundlePacked(RuleError):
    code = "edition.packed"


class NameUnsafe(RuleError):
    code = "edition.name_unsafe"


class NameTwice(RuleError):
    code = "edition.name_twice"


# What it says and holds


class TextNotUnderstood(RuleError):
    code = "edition.text_not_understood"


class FileMissing(RuleError):
    code = "edition.file_missing"


class FileExtra(RuleError):
    code = "edition.file_extra"


class FileSwapped(RuleError):
    code = "edition.file_swapped"


class EditionWithdrawn(RuleError):
    code = "edition.withdrawn"


# Who signed it


class NoRoot(RuleError):
    code = "edition.no_root"


class SignatureBad(RuleError):
    code = "edition.signature_bad"


class SignatureTwice(RuleError):
    code = "edition.signature_twice"


class TooFewKeys(RuleError):
    code = "edition.too_few_keys"


# Whether it fits this counter today


class EditionOlder(RuleError):
    code = "edition.older"


class NotYetEffective(RuleError):
    code = "edition.not_yet_effective"


class ClientTooOld(RuleError):
    code = "edition.client_too_old"


class EditionDamaged(IntegrityError):
    """The bundle on this disk is not the one that was installed."""

    code = "edition.damaged"


# Keys and root lists


class KeyNotUnderstood(RuleError):
    code = "edition.key_not_understood"


class RootNotUnderstood(RuleError):
    code = "edition.root_not_understood"


class RootNotNewer(RuleError):
    code = "edition.root_not_newer"


class RootTooFewKeys(RuleError):
    code = "edition.root_too_few_keys"
