"""``practice``: invented centres with invented months, and ``self-test``."""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import ExitStack
from pathlib import Path

from app.cli.context import Context
from app.cli.terminal import Exit
from app.i18n import N_, _
from app.usecases import self_test
from app.usecases.access import lock
from app.usecases.desk import Desk
from app.usecases.practice import (
    Event,
    Performer,
    Span,
    centre_set_up,
    coordinator_set_up,
    found,
    introduce,
    plan,
    tell_story,
    work,
)

_CHECKS = {
    "store": N_("The store is whole."),
    "audit": N_("The audit log is whole."),
    "bundle": N_("A bundle goes there and its receipt comes back."),
}


def practice(context: Context) -> Exit:
    """Make a practice country, or fill the practice store at --home with invented months."""
    if context.args.to is None:
        return _fill(context)
    return _make_country(context)


def _fill(context: Context) -> Exit:
    args = context.args
    seed = args.seed if args.seed is not None else secrets.randbits(32)
    with context.desk() as desk:
        today = desk.clock.today()
        span = last_months(today, args.months)
        events = _in_order(plan(seed, span, 0, people=args.people, today=today), work(seed, span, 0))
        Performer(desk, seed).perform(events, context.terminal.progress)
    text = _("Invented data were recorded: {count} entries. Seed {seed} makes the same again.")
    told = {"ok": True, "seed": seed, "events": len(events)}
    context.terminal.result(told, text.format(count=len(events), seed=seed))
    return Exit.OK


def _make_country(context: Context) -> Exit:
    args = context.args
    seed = args.seed if args.seed is not None else secrets.randbits(32)
    folder: Path = args.to
    # Asked twice would be no safer: what is in a practice store is invented.
    passphrase = context.passphrase()
    with ExitStack() as stack:
        desks: list[Desk] = []
        folders = [folder / "coordinator", *(folder / f"centre-{n}" for n in range(1, args.centres + 1))]
        setups = [coordinator_set_up(), *(centre_set_up(n) for n in range(args.centres))]
        for home, setup in zip(folders, setups, strict=True):
            desks.append(found(context.make_access(home), setup, passphrase))
            stack.callback(lock, desks[-1])
        coordinator, *centres = desks
        today = coordinator.clock.today()
        span = last_months(today, args.months)
        plans = [
            _in_order(plan(seed, span, n, args.centres, args.people, today), work(seed, span, n))
            for n in range(args.centres)
        ]
        done, total = 0, sum(map(len, plans))
        tell_story(coordinator)
        for desk, events in zip(centres, plans, strict=True):
            introduce(desk, coordinator)
            performer = Performer(desk, seed)
            for event in events:
                performer.perform([event])
                done += 1
                context.terminal.progress(done, total)
    text = _("A practice country was made: {centres} centres and a coordinator, {count} entries. Seed {seed}.")
    told = {"ok": True, "seed": seed, "events": total, "folders": [str(home) for home in folders]}
    context.terminal.result(told, text.format(centres=args.centres, count=total, seed=seed))
    return Exit.OK


def _in_order(*plans: list[Event]) -> list[Event]:
    return sorted((event for events in plans for event in events), key=lambda event: event.on)


def last_months(today: dt.date, count: int) -> Span:
    """The last ``count`` whole months before ``today``."""
    month = today.year * 12 + today.month - 1 - count
    return Span(dt.date(month // 12, month % 12 + 1, 1), count)


def check(context: Context) -> Exit:
    """Open the store, check it, and send a bundle there and back between two stores made for it."""
    with context.desk() as desk:
        checks = self_test.of_store(desk)
    checks |= self_test.of_exchange(context.make_access)
    sound, broken = _("ok"), _("BROKEN")
    lines = [f"{sound if well else broken}  {_(_CHECKS[name])}" for name, well in checks.items()]
    whole = all(checks.values())
    lines.append(_("Everything works.") if whole else _("Something is broken. Do not record; restore a backup."))
    context.terminal.result({"ok": whole, "checks": checks}, "\n".join(lines))
    return Exit.OK if whole else Exit.REFUSED
