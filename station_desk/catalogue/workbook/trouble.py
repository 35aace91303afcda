"""Why a workbook is not read at all: each reason as an error that says what to do instead."""

from station_desk.core.errors import RuleError


class NotAWorkbook(RuleError):
    code = "workbook.not_a_workbook"


class OldWorkbook(RuleError):
    code = "workbook.old"


class WorkbookEncrypted(RuleError):
    code = "workbook.encrypted"


class WorkbookHasMacros(RuleError):
    code = "workbook.macros"


class WorkbookHasLinks(RuleError):
    code = "workbook.links"


class WorkbookHasEntities(RuleError):
    code = "workbook.entities"


class WorkbookTooLarge(RuleError):
    code = "workbook.too_large"


class WorkbookBlownUp(RuleError):
    code = "workbook.blown_up"


class WorkbookDamaged(RuleError):
    code = "workbook.damaged"


class FormsUnreadable(RuleError):
    code = "workbook.forms_unreadable"
