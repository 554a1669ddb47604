"""Features as text, to be kept with a person: a comparison then folds nothing.

The text is JSON of plain lists; equal features are equal text.
"""

from __future__ import annotations

import json

from app.matching.names import Born, Father, Features, Given, Surname


def pack(features: Features) -> str:
    """``features`` as text."""
    plain = [
        [[list(one.parts), one.spelt, one.former, one.swapped] for one in features.surnames],
        [
            [sorted(one.identities), one.short, one.folded, one.initial, one.spelt, one.swapped]
            for one in features.givens
        ],
        [[sorted(one.identities), one.stem, one.initial, one.spelt] for one in features.fathers],
        [features.born.year, features.born.month, features.born.day, features.born.about],
        features.sex,
        features.number,
        sorted(features.citizenships),
        features.oblast,
        features.raion,
        features.passport,
        sorted(features.phones),
        features.address,
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Features:
    """The features that ``pack`` made into ``text``."""
    surnames, givens, fathers, born, sex, number, citizenships, oblast, raion, *rest = json.loads(text)
    # The first version kept no documents and no address beside the number: they are not known then.
    passport, phones, address = rest or ("", (), "")
    return Features(
        surnames=tuple(Surname(tuple(parts), *rest) for parts, *rest in surnames),
        givens=tuple(Given(frozenset(identities), *rest) for identities, *rest in givens),
        fathers=tuple(Father(frozenset(identities), *rest) for identities, *rest in fathers),
        born=Born(*born),
        sex=sex,
        number=number,
        citizenships=frozenset(citizenships),
        oblast=oblast,
        raion=raion,
        passport=passport,
        phones=frozenset(phones),
        address=address,
    )
