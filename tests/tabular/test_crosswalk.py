"""Codes of other schemes: by type, mode and status, and of incidents only where one is told."""

from typing import Any

import pytest

from cte_corpus.tabular.crosswalk import SCHEMES, codes, event_types, is_incident

SPECIFIC = {"genericity": "specific", "polarity": "positive", "status": "occurred"}


def targets(kind: str, scheme: str, **event: Any) -> list[str]:
    return [code["target"] for code in codes({**SPECIFIC, "type": kind, **event}, event_types())[scheme]]


def all_targets(kind: str, **event: Any) -> list[str]:
    return [target for scheme in SCHEMES for target in targets(kind, scheme, **event)]


def test_a_conviction_is_no_accusation() -> None:
    assert targets("legal.prosecution", "plover", mode="conviction") == ["SANCTION.convict"]
    assert targets("legal.prosecution", "cameo", mode="conviction") == ["116"]
    assert targets("legal.prosecution", "plover", mode="charge") == ["ACCUSE.allege"]
    assert targets("legal.prosecution", "cameo", mode="charge") == ["1121", "115", "173"]
    assert targets("legal.prosecution", "cameo", mode="trial") == ["115"]
    assert all_targets("legal.prosecution") == []


@pytest.mark.parametrize("kind", ["dipl.meeting", "dipl.conference"])
def test_a_planned_meeting_is_an_agreement_to_meet(kind: str) -> None:
    assert (targets(kind, "plover", status="planned"), targets(kind, "cameo", status="planned")) == (["AGREE"], ["036"])
    assert targets(kind, "plover") == ["CONSULT.multilateral"]
    assert "040" in targets(kind, "cameo")
    assert "036" not in targets(kind, "cameo")
    assert all_targets(kind, status="demanded") == []


@pytest.mark.parametrize("kind", [code for code, entry in event_types().items() if entry["incident"]])
def test_an_incident_has_codes_only_where_one_is_told(kind: str) -> None:
    mode = {"legal.prosecution": "conviction", "legal.release": "release"}.get(kind)
    told = all_targets(kind, mode=mode)
    assert told
    for status in ("ongoing", "alleged"):
        assert all_targets(kind, mode=mode, status=status) == told
    for status in ("planned", "demanded", "hypothetical", "denied"):
        assert all_targets(kind, mode=mode, status=status) == []
    assert all_targets(kind, mode=mode, polarity="negative") == []
    assert all_targets(kind, mode=mode, genericity="generic") == []
    assert all_targets(kind, mode=mode, genericity=None) == []


@pytest.mark.parametrize("kind", event_types())
def test_no_generic_event_has_a_code_of_a_list_of_incidents(kind: str) -> None:
    modes = [None, *event_types()[kind].get("modes", ())]
    for mode in modes:
        generic = codes({**SPECIFIC, "genericity": "generic", "type": kind, "mode": mode}, event_types())
        assert generic["acled"] == generic["gtd"] == []


def test_an_escape_is_no_release() -> None:
    assert targets("legal.release", "cameo", mode="prisoner_exchange") == ["0841"]
    assert all_targets("legal.release", mode="escape") == []


def test_other_types_keep_their_codes_whatever_their_genericity() -> None:
    assert targets("org.spread", "acled") == ["Change to group/activity"]
    assert targets("ctf.measure", "plover", genericity="generic") == ["COERCE.seize", "COERCE.restrict", "COOPERATE"]


def test_a_type_that_is_not_known_has_no_codes() -> None:
    assert all_targets("dipl.dream") == []


def test_what_is_an_incident() -> None:
    assert is_incident(SPECIFIC)
    assert not is_incident({"polarity": "positive", "status": "occurred"})
