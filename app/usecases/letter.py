"""What a referral letter says of a person: the fields that were chosen to be shared, and not one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from app.forms.names import display_name, full_name

Values = Mapping[str, Any]
_SCRIPTS: Final = MappingProxyType({"ru": "ru", "be": "be", "en": "latin"})
"""In which writing a name stands in a letter of each language."""
_CONTACT: Final = ("contact_way", "contact_time", "contact_forbidden", "contact_forbidden_note", "contact_note")


def told_in_letter(referral: Values, person: Values, identity: Values, consents: Sequence[Values]) -> dict[str, Any]:
    """The value of each shared field that is known, in the order in which they were chosen.

    Values are as records hold them (codes, partial dates), so that the letter says them in its own language.
    """
    known: dict[str, Any] = {
        "case_code": person.get("code"),
        "names": _name(identity, str(referral.get("letter_language", ""))),
        "birth": person.get("birth") or str(person.get("birth_year", "")),
        "documents": _some(identity, "passport", "personal_number"),
        "safe_contact": _some(identity, *_CONTACT),
        "representative": _representative(consents),
        "help_wanted": referral.get("service"),
        **{key: person.get(key) for key in ("sex", "citizenships", "languages", "children")},
        **{key: identity.get(key) for key in ("phone", "address")},
        **{key: referral.get(key) for key in ("need_story", "medical_needs", "legal_situation")},
    }
    chosen = {code: known.get(code) for code in referral.get("shared", [])}
    return {code: value for code, value in chosen.items() if value not in (None, "", [], {})}


def _name(identity: Values, language: str) -> str:
    """The name in the letter's writing where it is known, else as it is shown here."""
    forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
    written = [form for form in forms if form.get("language") == _SCRIPTS.get(language)]
    current = [form for form in written if form.get("kind", "current") == "current"]
    return full_name(current[0]) if current else display_name(identity)


def _some(values: Values, *keys: str) -> dict[str, Any]:
    return {key: values[key] for key in keys if key in values}


def _representative(consents: Sequence[Values]) -> dict[str, Any]:
    """The legal representative who answered last, if one did."""
    named = [consent for consent in consents if "representative" in consent]
    last = max(named, key=lambda consent: str(consent.get("on", "")), default={})
    return _some(last, "representative", "representative_relation")
