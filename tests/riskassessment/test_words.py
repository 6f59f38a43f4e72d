"""Phrases that blame: found in any case, across hyphens and lines; never inside a word."""

import pytest

from riskassessment.language.forms import compiled
from riskassessment.language.matcher import find
from riskassessment.language.phrases import phrases


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("She keeps putting herself at risk.", "putting themselves at risk"),
        ("He puts himself at risk", "putting themselves at risk"),
        ("placing themselves and others at risk", "putting themselves at risk"),
        ("PUTTING\nHERSELF\nAT RISK", "putting themselves at risk"),
        ("putting her-self at-risk", "putting themselves at risk"),
        ("putting herself at\r\n  risk", "putting themselves at risk"),
        ("a streetwise girl", "streetwise"),
        ("very street-wise for 14", "streetwise"),
        ("Street wise.", "streetwise"),
        ("She absconded from the home", "absconded"),
        ("an absconder", "absconded"),
        ("absconding again", "absconded"),
        ("It is her lifestyle choice", "lifestyle choice"),
        ("their chaotic life-style", "lifestyle choice"),
        ("historical sexual abuse", "historical abuse"),
        ("attention-seeking behaviour", "attention seeking"),
        ("she is seeking attention", "attention seeking"),
        ("known drug user", "known drug user"),
        ("regular misper", "regular misper"),
        ("a frequent flyer with us", "regular misper"),
        ("she always comes back", "always comes back"),
        ("He'll turn up", "will turn up"),
        ("will no doubt turn up", "will turn up"),
        ("will come back when she is hungry", "will turn up"),
        ("wasting police time", "wasting police time"),
        ("a time-waster", "time waster"),
        ("has only herself to blame", "only themselves to blame"),
        ("brought it on himself", "only themselves to blame"),
        ("making herself vulnerable", "making themselves vulnerable"),
        ("refuses to engage with officers", "refuses to engage"),
        ("was un-cooperative", "refuses to engage"),
        ("failed to disclose", "failed to disclose"),
        ("committed suicide", "committed suicide"),
        ("beyond her parents' control", "out of control"),
        ("involved in CSE", "involved in exploitation"),
        ("involved in county lines and CCE", "involved in exploitation"),
        ("gang members", "gang member"),
        ("child prostitution", "child prostitute"),
        ("prostituting herself", "child prostitute"),
        ("stayed out until all hours", "stayed out until all hours"),
        ("in a relationship with an older man", "in a relationship with an exploiter"),
        ("sending explicit pictures", "sending explicit pictures"),
        ("poor decision making, a risky choice", "risky choices"),
        ("no concerns - usual misper", "no concerns, usual misper"),
        ("was promiscuous", "promiscuous"),
    ],
)
def test_a_phrase_is_found(text: str, phrase: str) -> None:
    assert phrase in [hit.phrase for hit in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The risk is that she is cold.",
        "Harm is likely; she is at risk from the man who met her.",
        "He put his bag at the door. There is a risk of flooding.",
        "Street lighting at Wise Street was out.",
        "The Blackpool tower blackened.",
        "She was last seen on the placid canal.",
        "Uncontrolled crossing near the school; traffic control was called.",
        "He returned home at 18:00 and was spoken to.",
        "She will return the call of the hospital.",
        "Her sister has contact details of the carer.",
        "Officers searched the gangway of the boat.",
        "The manipulator arm was examined.",
        "His defence was absconce.",
        "Officers committed to a search.",
        "The lifestyle section of the newspaper.",
        "The regular bus driver saw her.",
        "Plugged in his telephone to charge it.",
        "Slaves Lane, near Lying Cross.",
        "History of abuse by her stepfather.",
        "Is black, of slim build.",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize("text", ["the placement rang", "LAC review", "her boyfriend is older"])
def test_a_phrase_that_blames_a_child_alone_is_not_asked_about_an_adult(text: str) -> None:
    assert find(text, is_child=False) == []


def test_a_phrase_is_told_once_with_its_better_wording() -> None:
    hits = find("Streetwise. Street-wise again, and streetwise.")
    assert [(hit.phrase, hit.written) for hit in hits] == [("streetwise", "Streetwise")]
    assert hits[0].prefer == "A child who lacks protection"


def test_every_phrase_finds_itself_or_has_a_form_that_matches() -> None:
    for phrase in phrases():
        assert phrase.prefer
        assert phrase.source
        assert not phrase.pattern.search(""), phrase.phrase


def test_long_text_is_read_quickly() -> None:
    text = "she keeps putting her things away and mak making will turn " * 1700
    assert len(text) > 100_000
    find(text)


@pytest.mark.parametrize(
    ("form", "yes", "no"),
    [
        ("put*", ["put", "puts", "putting"], ["putty knife", "input", "output"]),
        ("abscond*", ["abscond", "absconded", "absconders"], ["nonabscond"]),
        ("a~b", ["ab", "a-b", "a b"], ["a, b", "a/b"]),
        ("one ... two", ["one two", "one x two", "one x y z two"], ["one w x y z two"]),
        ("one two? three", ["one three", "one two three"], ["one four three"]),
        ("=LAC", ["LAC", "a LAC child"], ["lac", "LACE"]),
        ("sent {men}?", ["sent", "sent men"], ["resent"]),
        ("friend {aged}", ["friend is 24", "friend, aged 27", "friend (31)"], ["friend is 12"]),
        ("{adult} friend", ["22-year-old friend", "a 30 yr old friend"], ["12 year old friend"]),
        ("none {then} usual", ["none \u2013 usual", "none, as usual"], ["none. The usual"]),
        ("{self} here", ["herself here", "him-self here"], ["self here"]),
    ],
)
def test_the_forms_of_a_pattern(form: str, yes: list[str], no: list[str]) -> None:
    pattern = compiled([form])
    assert [text for text in yes if not pattern.search(text)] == []
    assert [text for text in no if pattern.search(text)] == []
