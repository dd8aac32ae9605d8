"""Every field of every kept value has a name that people understand, in every language."""

import pytest

from caseworker_app.domain.field_names import _NAMES, field_name
from caseworker_app.domain.kinds import KINDS
from caseworker_app.i18n import LANGUAGES, Texts

FIELDS = [(kind, field) for kind, cls in KINDS.items() for field in cls.field_names()]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_every_field_has_a_name(kind: str, field: str):
    name = field_name(kind, field)
    assert name
    for language in LANGUAGES:
        said = Texts(language).gettext(name)
        assert said
        assert "_" not in said


def test_no_name_is_left_over_from_a_field_that_went():
    known = set(FIELDS)
    assert [(k, f) for k, fields in _NAMES.items() for f in fields if (k, f) not in known] == []


def test_no_two_fields_of_one_value_are_called_the_same():
    for kind, cls in KINDS.items():
        names = [field_name(kind, field) for field in cls.field_names()]
        assert len(set(names)) == len(names), kind
