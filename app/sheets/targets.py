"""Where a column of a register may go: a field of our forms, and the headings by which it is usually known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.codelists import ConsentScope
from app.forms.catalogue import form_for_kind
from app.forms.names import fold
from app.forms.spec import Field, Kind
from app.i18n import N_

_PERSON: Final = N_("Person")
_CASE: Final = N_("Case")
_HELP: Final = N_("Help")
_CONSENT: Final = N_("Consent")


@dataclass(frozen=True, slots=True)
class Target:
    """One place for a column. ``group`` and ``label`` are marked text; ``headings`` are parted by ``|``."""

    key: str
    group: str
    label: str
    headings: str = ""
    field: Field | None = None
    """The field of the form; None where the column is read in a way of its own."""


def _of(kind: str, group: str, name: str, headings: str = "") -> Target:
    field = form_for_kind(kind).field(name)
    return Target(f"{kind}.{name}", group, field.label, headings, field)


def _consent(scope: ConsentScope, label: str) -> Target:
    return Target(f"consent.{scope.value}", _CONSENT, label)


NUMBER: Final = "number"
FULL_NAME: Final = "full_name"
AGE: Final = "age"
AMOUNT: Final = "amount"
CURRENCY: Final = "currency"
CONSENT_ON: Final = "consent_on"

TARGETS: Final[tuple[Target, ...]] = (
    Target(
        NUMBER,
        _PERSON,
        N_("Number in the register"),
        "№|№ п/п|№ пп|n п/п|n|no|номер|нумар|рег номер|регистрационный номер|№ карты|№ дела|номер карты|номер дела|"
        "код|нумар карты|нумар справы|id|number|case number|register number|file no",
    ),
    Target(
        FULL_NAME,
        _PERSON,
        N_("Full name"),
        "фио|ф.и.о.|ф и о|фамилия имя отчество|фамилия, имя, отчество|піб|п.і.б.|прозвішча імя імя па бацьку|"
        "прозвішча, імя, імя па бацьку|имя и фамилия|фамилия и имя|прозвішча і імя|full name|name and surname|"
        "получатель|получатель помощи|клиент|кліент|пострадавший|пострадавшая|client",
    ),
    Target("surname", _PERSON, N_("Surname"), "фамилия|прозвішча|surname|last name|family name"),
    Target("given", _PERSON, N_("Given name"), "имя|імя|name|given name|first name"),
    Target("patronymic", _PERSON, N_("Patronymic"), "отчество|імя па бацьку|па бацьку|patronymic|middle name"),
    _of(
        "person",
        _PERSON,
        "birth",
        "дата рождения|дата нараджэння|д.р.|др|год рождения|год нараджэння|г.р.|рождения|родился|родилась|"
        "нарадзілася|нарадзіўся|date of birth|birth date|born|dob|year of birth|birthday",
    ),
    Target(AGE, _PERSON, N_("Age"), "возраст|узрост|полных лет|age"),
    _of("person", _PERSON, "sex", "пол|sex|gender"),
    _of(
        "identity",
        _PERSON,
        "personal_number",
        "личный номер|личный №|идентификационный номер|идент номер|асабісты нумар|ідэнтыфікацыйны нумар|"
        "personal number|identification number|id number",
    ),
    _of("identity", _PERSON, "passport", "паспорт|паспорт серия и номер|серия и номер паспорта|пашпарт|passport"),
    _of("person", _PERSON, "citizenships", "гражданство|грамадзянства|citizenship|nationality"),
    _of("person", _PERSON, "oblast", "область|вобласць|регион|рэгіён|oblast|region"),
    _of("person", _PERSON, "raion", "район|раён|raion|district"),
    _of(
        "identity",
        _PERSON,
        "address",
        "адрес|адрас|место жительства|месца жыхарства|адрес проживания|место проживания|address|place of residence",
    ),
    _of("identity", _PERSON, "phone", "телефон|тел|тэлефон|тэл|контакт|номер телефона|нумар тэлефона|phone|mobile"),
    _of("identity", _PERSON, "email", "почта|эл почта|электронная почта|электронная пошта|email|e-mail"),
    _of("person", _PERSON, "marital_status", "семейное положение|сямейнае становішча|marital status"),
    _of("person", _PERSON, "children", "дети|дзеці|количество детей|число детей|колькасць дзяцей|children"),
    _of("person", _PERSON, "education", "образование|адукацыя|education"),
    _of("person", _PERSON, "disability", "инвалидность|інваліднасць|disability"),
    _of("person", _PERSON, "languages", "язык|языки|мова|мовы|language|languages"),
    _of(
        "case",
        _CASE,
        "opened_on",
        "дата обращения|дата звароту|дата открытия|дата адкрыцця|дата постановки на учет|дата первичного обращения|"
        "обратилась|обратился|opened on|case opened|date of registration|intake date",
    ),
    _of("case", _CASE, "status", "статус|статус дела|состояние дела|стан справы|case status|status"),
    _of("case", _CASE, "closed_on", "дата закрытия|дата закрыцця|снят с учета|снята с учета|closed on|case closed"),
    _of(
        "case",
        _CASE,
        "referral_source",
        "кем направлен|кем направлена|кем накіраваны|источник направления|источник обращения|кто направил|"
        "крыніца накіравання|referral source|referred by",
    ),
    _of("case", _CASE, "formal_status", "официальный статус|афіцыйны статус|formal status"),
    _of("case", _CASE, "exploitation", "вид эксплуатации|форма эксплуатации|від эксплуатацыі|exploitation"),
    _of(
        "case",
        _CASE,
        "exploitation_countries",
        "страна эксплуатации|страны эксплуатации|страна|краіна эксплуатацыі|краіна|country of exploitation",
    ),
    _of("case", _CASE, "recruitment", "способ вербовки|вербовка|спосаб вярбоўкі|recruitment"),
    _of("case", _CASE, "returned_on", "дата возвращения|дата вяртання|returned on|date of return"),
    _of("case", _CASE, "case_worker", "куратор|ответственный|адказны|ведущий случая|case worker"),
    _of("case", _CASE, "case_note", "примечание к делу|обстоятельства|акалічнасці|case note"),
    _of(
        "service",
        _HELP,
        "service",
        "вид помощи|вид услуги|услуга|услуги|оказанная помощь|помощь|від дапамогі|дапамога|паслуга|від паслугі|"
        "service|kind of help|type of assistance|assistance",
    ),
    _of(
        "service",
        _HELP,
        "on",
        "дата|дата оказания|дата услуги|дата помощи|дата оказания помощи|дата дапамогі|дата паслугі|когда|"
        "date|service date|date of service|date of assistance",
    ),
    _of("service", _HELP, "until", "дата окончания|по|дата заканчэння|until|end date"),
    _of("service", _HELP, "quantity", "количество|кол-во|колькасць|quantity"),
    _of("service", _HELP, "outcome", "результат|вынік|outcome|result"),
    _of("service", _HELP, "place", "место оказания|место|месца аказання|месца|place"),
    Target(AMOUNT, _HELP, N_("Sum"), "сумма|сума|размер|amount|sum|сумма выплаты|сумма гранта|сума гранта"),
    Target(CURRENCY, _HELP, N_("Currency"), "валюта|currency"),
    _of("service", _HELP, "provider_person", "кто оказал|специалист|спецыяліст|хто аказаў|provided by|specialist"),
    _of("service", _HELP, "donor", "донор|donor"),
    _of("service", _HELP, "project", "проект|праект|project"),
    _of(
        "service", _HELP, "note", "примечание|примечания|заметка|комментарий|заўвага|нататка|каментарый|note|comment"
    ),
    # Never guessed from a word like "consent": names leave the centre by these, so a person says which it is.
    _consent(ConsentScope.INTERVIEW, N_("Agrees to the talk")),
    _consent(ConsentScope.SERVICES, N_("Agrees to help")),
    _consent(ConsentScope.REPORTING, N_("Agrees to be counted in the figures")),
    _consent(ConsentScope.COORDINATOR_IDENTIFIABLE, N_("Agrees that the name goes to the coordinator")),
    Target(CONSENT_ON, _CONSENT, N_("Date of the consent"), "дата согласия|дата згоды|consent date"),
)
BY_KEY: Final[Mapping[str, Target]] = {target.key: target for target in TARGETS}
_LEAST_INSIDE: Final = 6


def codes_of(key: str) -> str:
    """The code list whose codes stand in a column of this kind; "" for others."""
    if key.startswith("consent."):
        return "consent_states"
    if key == CURRENCY:
        return "currencies"
    field = BY_KEY[key].field
    return field.codes if field and field.kind in (Kind.CODE, Kind.CODES) else ""


def plain_title(text: str) -> str:
    """A heading as it is compared: folded, without signs and what stands in brackets."""
    bare = re.sub(r"\(.*?\)", " ", fold(text))
    return " ".join(re.sub(r"[^\w№/ ]+", " ", bare).split())


@cache
def _headings() -> Mapping[str, str]:
    return {
        plain_title(heading): target.key for target in TARGETS for heading in target.headings.split("|") if heading
    }


def target_of(title: str) -> str | None:
    """The place that a heading means by itself, or None."""
    return _headings().get(plain_title(title))


def target_inside(title: str) -> str | None:
    """The place whose heading is part of a longer one ("Дата рождения ребёнка" is told as a guess, no more)."""
    plain = f" {plain_title(title)} "
    inside = [one for one in _headings() if len(one) >= _LEAST_INSIDE and f" {one} " in plain]
    return _headings()[max(inside, key=len)] if inside else None
