"""What stands on the sheets that are printed or saved at first start. Neutral: no centre, no person, no purpose.

A sheet that is found must tell its finder nothing but that it is a sheet of digits; so it names neither the
program's work nor whose laptop it opens.
"""

from __future__ import annotations

from html import escape

from app.i18n import _

_STYLE = """
td { font-family: monospace; font-size: 26px; padding: 14px 12px; white-space: nowrap; }
td.number { font-family: sans-serif; font-size: 13px; padding: 14px 2px 14px 14px; }
pre { font-family: monospace; font-size: 17px; }
"""


def sheet_html(groups: tuple[str, ...]) -> str:
    """The recovery sheet: eight numbered groups of six digits in two rows."""
    per_row = len(groups) // 2
    cells = [f'<td class="number">{at}</td><td>{escape(group)}</td>' for at, group in enumerate(groups, 1)]
    rows = "".join(f"<tr>{''.join(cells[at : at + per_row])}</tr>" for at in range(0, len(cells), per_row))
    advice = _(
        "Keep this sheet under lock, never together with the laptop. It opens the laptop without the passphrase."
    )
    read = _("Eight groups of six digits, to be typed in the order of their numbers.")
    return _page(_("Recovery sheet"), read, f"<table>{rows}</table>", advice)


def key_html(key: str) -> str:
    """The coordinator's recovery key: its fixed beginning on its own line, then lines of eight groups of five."""
    start, *signs = key_groups(key)
    lines = [start, *(" ".join(signs[at : at + 8]) for at in range(0, len(signs), 8))]
    advice = _(
        "Keep this sheet in a safe, in another building than the laptop. It reads every bundle that was ever sent."
    )
    read = _("Capital letters, digits and hyphens. Blanks and line ends do not count.")
    return _page(_("Recovery key"), read, f"<pre>{escape(chr(10).join(lines))}</pre>", advice)


def key_groups(key: str) -> list[str]:
    """The key as it is read out and typed: what says that it is a key, whole, then fives.

    The beginning ends with the last digit 1, which is no letter of the rest (Bech32, BIP 173).
    """
    start, one, rest = key.rpartition("1")
    return [start + one, *(rest[at : at + 5] for at in range(0, len(rest), 5))]


def _page(title: str, read: str, middle: str, advice: str) -> str:
    return (
        f"<html><head><style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<p>{escape(read)}</p>{middle}<p>{escape(advice)}</p></body></html>"
    )
