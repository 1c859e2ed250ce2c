"""The table of the kinds that each class of entities holds."""

from cte_corpus import vocabulary
from cte_corpus.checking.rules.entities import CLASS_KINDS


def test_every_kind_has_a_class_and_no_other_is_named() -> None:
    assert set().union(*CLASS_KINDS.values()) == set(vocabulary.codes("entity-kind"))
