"""The one style sheet, written from tokens and a scale. Kept small: Fusion and the palette do the rest.

``resources/style`` holds the few pictures a style sheet can only name by address (arrows, ticks), one per theme;
they are reached by the search path ``style:`` so that no folder's name needs quoting.
"""

from __future__ import annotations

from collections.abc import Callable

from app.ui.tokens import Tokens

Px = Callable[[float], int]


def style_sheet(t: Tokens, px: Px) -> str:
    """The whole style sheet for ``t`` at the scale that ``px`` carries."""
    return "\n".join((_fields(t, px), _buttons(t, px), _frames(t, px), _labels(t, px), _lists(t, px)))


def _fields(t: Tokens, px: Px) -> str:
    field = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox"
    focus = ", ".join(f"{name}:focus" for name in field.split(", "))
    return f"""
    {field} {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.border_strong}; border-radius: 6px;
        padding: 5px 9px; min-height: {px(24)}px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    {focus} {{ border: 2px solid {t.focus}; padding: 4px 8px; }}
    QComboBox:!editable {{ padding-left: 11px; }} QComboBox:!editable:focus {{ padding-left: 10px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
        color: {t.text_disabled}; border-color: {t.border}; background: {t.surface2}; }}
    QLineEdit:read-only {{ background: {t.surface2}; }}
    QPlainTextEdit, QTextEdit {{ padding: 3px 5px; }} QPlainTextEdit:focus, QTextEdit:focus {{ padding: 2px 4px; }}
    *[invalid="true"] {{ border: 2px solid {t.danger}; padding: 4px 8px; }}
    *[doubtful="true"] {{ border: 2px solid {t.warn}; padding: 4px 8px; }}
    QLineEdit#search {{ background: {t.surface2}; }}
    QComboBox::drop-down {{ border: 0; width: {px(28)}px; }}
    QComboBox::down-arrow {{ image: url(style:chevron-down-{t.name}.svg); width: {px(16)}px; height: {px(16)}px; }}
    QComboBox QLineEdit, QComboBox QLineEdit:focus {{
        border: 0; padding: 0; background: transparent; min-height: 0; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView, QListView#completer {{
        background: {t.surface}; border: 1px solid {t.border_strong}; padding: 0; outline: 0;
        selection-background-color: {t.accent_soft}; selection-color: {t.text}; }}
    QComboBox QAbstractItemView::item, QListView#completer::item {{ min-height: {px(28)}px; padding: 0 6px; }}
    QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(28)}px; }}
    QCheckBox::indicator, QRadioButton::indicator {{
        width: {px(18)}px; height: {px(18)}px; border: 1px solid {t.border_strong}; background: {t.surface}; }}
    QCheckBox::indicator {{ border-radius: 4px; }}
    QRadioButton::indicator {{ border-radius: {px(18) // 2}px; }}
    QCheckBox::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url(style:check-{t.name}.svg); }}
    QRadioButton::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url(style:radio-{t.name}.svg); }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.text}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
        background: {t.surface2}; border-color: {t.border}; }}
    """


def _buttons(t: Tokens, px: Px) -> str:
    return f"""
    QPushButton {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.border_strong}; border-radius: 6px;
        padding: 5px {px(14)}px; min-height: {px(24)}px; }}
    QPushButton:hover {{ background: {t.surface2}; border-color: {t.text2}; }}
    QPushButton:pressed {{ background: {t.border}; }}
    QPushButton:focus {{ border: 2px solid {t.focus}; padding: 4px {px(14) - 1}px; }}
    QPushButton:disabled {{ color: {t.text_disabled}; border-color: {t.border}; background: {t.surface2}; }}
    QPushButton[kind="primary"] {{
        background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; font-weight: 600; }}
    QPushButton[kind="primary"]:hover {{ background: {t.accent_hover}; }}
    QPushButton[kind="primary"]:pressed {{ background: {t.accent_pressed}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[kind="primary"]:disabled {{
        background: {t.border}; color: {t.text_disabled}; border-color: {t.border}; }}
    QPushButton[kind="danger"] {{ color: {t.danger}; border-color: {t.danger}; font-weight: 600; }}
    QPushButton[kind="danger"]:hover {{ background: {t.danger_soft}; }}
    QPushButton[kind="ghost"], QPushButton[kind="icon"] {{
        background: transparent; border: 1px solid transparent; color: {t.text2}; }}
    QPushButton[kind="icon"] {{ padding: 5px; min-width: {px(24)}px; }}
    QPushButton[kind="ghost"]:hover, QPushButton[kind="icon"]:hover {{ background: {t.border}; color: {t.text}; }}
    QPushButton[kind="ghost"]:focus {{ border: 2px solid {t.focus}; }}
    QPushButton[kind="icon"]:focus {{ border: 2px solid {t.focus}; padding: 4px; }}
    QPushButton[kind="ghost"]:checked, QPushButton[kind="icon"]:checked {{
        background: {t.accent_soft}; color: {t.accent_text}; }}
    QPushButton[kind="link"] {{
        background: transparent; border: 1px solid transparent; color: {t.accent_text}; text-align: left;
        padding: 2px 4px; min-height: {px(20)}px; text-decoration: underline; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {t.focus}; padding: 1px 3px; }}
    QPushButton[kind="segment"] {{ border-color: {t.border_strong}; color: {t.text2}; padding: 5px {px(12)}px; }}
    QPushButton[kind="segment"]:checked {{
        background: {t.accent_soft}; border: 2px solid {t.accent}; color: {t.accent_text};
        padding: 4px {px(12) - 1}px; }}
    QPushButton[kind="segment"]:focus {{ border: 2px solid {t.text}; padding: 4px {px(12) - 1}px; }}
    QPushButton[kind="tag"] {{
        background: {t.accent_soft}; color: {t.accent_text}; border: 1px solid {t.accent_soft};
        border-radius: {px(14)}px; padding: 2px {px(10)}px; min-height: {px(22)}px; }}
    QPushButton[kind="tag"]:focus {{ border: 2px solid {t.focus}; padding: 1px {px(10) - 1}px; }}
    """


def _frames(t: Tokens, px: Px) -> str:
    return f"""
    QToolTip {{ background: {t.text}; color: {t.surface}; border: 0; padding: 5px 8px; }}
    QFrame[kind="card"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 10px; }}
    QFrame[kind="row"] {{ background: {t.surface2}; border: 1px solid {t.border}; border-radius: 8px; }}
    QFrame[banner] {{ border: 0; border-left: 4px solid {t.accent}; background: {t.accent_soft}; }}
    QFrame[banner="ok"] {{ border-left-color: {t.ok}; background: {t.ok_soft}; }}
    QFrame[banner="warn"] {{ border-left-color: {t.warn}; background: {t.warn_soft}; }}
    QFrame[banner="error"] {{ border-left-color: {t.danger}; background: {t.danger_soft}; }}
    QFrame#summary:focus {{ border: 2px solid {t.focus}; border-left: 4px solid {t.focus}; }}
    QFrame#nav {{ background: {t.nav}; border: 0; border-right: 1px solid {t.border}; }}
    QFrame#help {{ background: {t.surface}; border: 0; border-left: 1px solid {t.border_strong}; }}
    QFrame#help QTextBrowser {{ border: 0; }} QFrame#help QTextBrowser:focus {{ border: 2px solid {t.focus}; }}
    QFrame#top {{ background: {t.surface}; border: 0; border-bottom: 1px solid {t.border}; }}
    QFrame#status {{ background: {t.surface}; border: 0; border-top: 1px solid {t.border}; }}
    QLabel#practice {{
        background: {t.warn}; color: {t.window}; font-weight: 600; padding: 3px {px(20)}px; font-size: {px(13)}px; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
    QScrollArea[invalid="true"] {{ border: 2px solid {t.danger}; }}
    QProgressBar {{
        background: {t.border}; border: 0; border-radius: 4px; max-height: 8px; min-height: 8px;
        color: transparent; }}
    QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 1px; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 1px; }}
    QScrollBar::handle {{
        background: {t.scroll}; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 1px; }}
    QScrollBar::handle:hover {{ background: {t.border_strong}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSplitter::handle {{ background: transparent; }}
    QMenu {{ background: {t.surface}; border: 1px solid {t.border_strong}; padding: 4px; }}
    QMenu::item {{ padding: 6px {px(24)}px 6px {px(12)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    """


def _labels(t: Tokens, px: Px) -> str:
    roles = {
        "h1": f"font-size: {px(20)}px; font-weight: 600;",
        "h2": f"font-size: {px(15)}px; font-weight: 600;",
        "h3": f"font-size: {px(13)}px; font-weight: 600; color: {t.text2};",
        "sub": f"font-size: {px(13)}px; color: {t.text2};",
        "small": f"font-size: {px(12)}px; color: {t.text2};",
        "field": f"font-size: {px(13)}px; font-weight: 500;",
        "kpi": f"font-size: {px(26)}px; font-weight: 600;",
        "strong": "font-weight: 600;",
        "code": f"font-family: monospace; font-size: {px(16)}px; font-weight: 600;",
        "error": f"font-size: {px(13)}px; color: {t.danger};",
        "doubt": f"font-size: {px(13)}px; color: {t.warn};",
        "fine": f"font-size: {px(13)}px; color: {t.ok};",
    }
    chips = {
        "ok": (t.ok_soft, t.ok),
        "warn": (t.warn_soft, t.warn),
        "danger": (t.danger_soft, t.danger),
        "accent": (t.accent_soft, t.accent_text),
        "plain": (t.border, t.text2),
    }
    lines = [f'QLabel[role="{role}"] {{ {style} }}' for role, style in roles.items()]
    lines.append(f'QLabel[differs="yes"] {{ background: {t.warn_soft}; border-radius: {px(4)}px; }}')
    lines += [
        f'QLabel[chip="{kind}"] {{ background: {back}; color: {front}; border-radius: {px(10)}px; '
        f"padding: {px(2)}px {px(9)}px; font-size: {px(12)}px; font-weight: 500; }}"
        for kind, (back, front) in chips.items()
    ]
    return "\n".join(lines)


def _lists(t: Tokens, px: Px) -> str:
    return f"""
    QListView, QTreeView, QTableView {{
        background: {t.surface}; border: 0; gridline-color: {t.border}; outline: 0;
        selection-background-color: {t.accent_soft}; selection-color: {t.text};
        alternate-background-color: {t.surface2}; }}
    QListView#timeline, QListView#navlist {{ background: transparent; }}
    QTableView::item {{ padding: 0 {px(8)}px; }}
    QTableView {{ border: 2px solid {t.surface}; border-radius: 6px; }}
    QTableView:focus {{ border: 2px solid {t.focus}; border-radius: 6px; }}
    QHeaderView {{ background: {t.surface}; border: 0; }}
    QHeaderView::section {{
        background: {t.surface}; color: {t.text2}; border: 0; border-bottom: 1px solid {t.border};
        padding: {px(6)}px {px(8)}px; font-size: {px(12)}px; font-weight: 600; }}
    QTableCornerButton::section {{ background: {t.surface}; border: 0; }}
    """
