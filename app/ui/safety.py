"""What the window has about safety: the routes to backups and to the staff, a line of the status, work by itself."""

from __future__ import annotations

from functools import partial

from app import codelists
from app.i18n import N_, _, language, ngettext
from app.ui.application import ApplicationShell
from app.ui.automatic_backup import AutomaticBackup
from app.ui.dates import short_date
from app.ui.frame.status_line import StatusItem
from app.ui.main_window import MainWindow
from app.ui.routes import Desk as Window
from app.ui.routes import Route
from app.ui.screens.backup import BackupScreen
from app.ui.screens.replace_laptop import ReplaceLaptop
from app.ui.screens.staff import StaffScreen
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.handover import replace_laptop
from app.usecases.members import Members
from app.usecases.safekeeping import Safekeeping


def safety_routes(keeping: Safekeeping, members: Members) -> list[Route]:
    """Both lie under Settings; a backup is reached from Today too."""

    def backup(window: Window) -> BackupScreen:
        return BackupScreen(window, keeping)

    def staff(window: Window) -> StaffScreen:
        return StaffScreen(window, members, _roles())

    return [
        Route("backup", backup, N_("Backup"), "shield", under="settings"),
        Route("staff", staff, N_("Staff and passphrases"), "key", under="settings"),
    ]


def replacing_route(desk: Desk, enrolment: Enrolment, keeping: Safekeeping) -> Route:
    """At the coordinator: a laptop is lost, another one follows it."""

    def replacing(window: Window) -> ReplaceLaptop:
        return ReplaceLaptop(window, enrolment, partial(replace_laptop, desk), keeping.removable_folders)

    return Route("replace_laptop", replacing, under="centres")


def safety_status(keeping: Safekeeping) -> list[StatusItem]:
    """The age of the last backup, and after a restore what waits for the handover."""
    state = keeping.state()
    words = _("Last backup: {date}").format(date=short_date(state.last_at)) if state.last_at else _("No backup yet")
    items = [StatusItem(words, "shield", overdue=state.overdue)]
    if waiting := sum(keeping.handover_waits().values()):
        text = ngettext(
            "Restored: {count} record waits for the handover",
            "Restored: {count} records wait for the handover",
            waiting,
        )
        items.append(StatusItem(text.format(count=waiting), "clock", overdue=True))
    return items


def start_backups(keeping: Safekeeping, shell: ApplicationShell) -> AutomaticBackup:
    """Let backups be made by themselves while the store is open.

    A lock replaces the process in the middle of one: that is a kill like any other, and leaves no half backup.
    """

    def changed() -> None:
        if isinstance(shell.window, MainWindow):
            shell.window.refresh_status()

    return AutomaticBackup(keeping, shell.say, changed, shell.reporter.tell, shell)


def _roles() -> list[tuple[str, str]]:
    return [(entry.code, entry.labels[language()]) for entry in codelists.get("roles").entries]
