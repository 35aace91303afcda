"""The words that may stand after a verb of the command line: what is done with tickets, items, accounts."""

PRIORITIES = ("normal", "elderly", "disabled", "pregnant", "military", "emergency")
TICKET_ACTS = (
    "take", "call", "list", "show", "recall", "serve", "hold", "park", "resume", "wait", "skip", "missed",
    "transfer", "next", "add", "done", "undo", "calls", "times",
)  # fmt: skip
CALL_BACK_ACTS = ("list", "answer")
CERTIFICATE_ACTS = ("list", "ask", "issue", "void", "register")
KEY_ACTS = ("status", "unlock", "show-recovery", "prove", "passphrase", "rotate")
SYNC_ACTS = ("now", "export-bundle", "import-answer", "rotate-key")
DISTRICT_ACTS = (
    "serve", "enroll-code", "revoke", "dump", "verify", "import-bundle", "ratings", "staff", "backup",
    "restore", "health", "quarantine", "migrate", "backup-key", "trust",
)  # fmt: skip
ITEMS_ACTS = (
    "list", "find", "show", "guide", "check", "export", "import", "bpmn", "diagram",
    "publish", "keygen", "diff", "install", "trust",
)  # fmt: skip
STAFF_ACTS = ("list", "add", "reset", "disable", "unlock", "password", "pin", "recover")
