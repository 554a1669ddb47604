"""Transfer of a case: the wish to pass a person on to another centre, with her consent.

The coordinator reads it and gives the records their new owner by a handover (bundle format, section 5). It names the
records, for of one that is withheld from her she cannot see whose it is. Leaves: whom, when and which always (ids say
nothing), words only with consent, as all free text.
"""

from __future__ import annotations

from app.forms.spec import Field, Form, Kind, Leaves, Section, Timing
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED

TRANSFER = Form(
    "transfer",
    N_("Transfer to another centre"),
    (
        Section(
            N_("Transfer to another centre"),
            (
                Field("person", Kind.REF, N_("Person"), _OUT, ref="person", required=True, special="hidden"),
                Field(
                    "to",
                    Kind.REF,
                    N_("Centre that goes on"),
                    _OUT,
                    ref="installation",
                    required=True,
                    special="hidden",
                ),
                Field(
                    "consent",
                    Kind.REF,
                    N_("Consent"),
                    _OUT,
                    ref="consent",
                    required=True,
                    special="hidden",
                ),
                Field("agreed_on", Kind.DATE, N_("Agreed on"), _OUT, timing=Timing.PAST),
                Field("reason", Kind.CODE, N_("Reason"), _OUT, codes="transfer_reasons"),
                Field(
                    "records",
                    Kind.ROWS,
                    N_("Records that go over"),
                    _OUT,
                    row=(Field("record", Kind.REF, N_("Record"), _OUT, ref="record"),),
                    special="hidden",
                ),
                Field("words", Kind.LONG, N_("For the next centre"), _ID, multiline=3),
            ),
        ),
    ),
)
