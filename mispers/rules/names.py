"""Names as they sound, so that a person is found again however the name was spelt that day."""

import re
import unicodedata

import jellyfish

from core import checks

LONGEST_KEY = 16
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)
_VOWELS = frozenset("AEIOU")
# Short forms that sound nothing like the name they stand for; the first of a line is the full name.
_SHORT_FORMS = """
abigail abi abbie gail
alexander alex alec sandy sasha
andrew andy drew
anthony tony ant
barbara babs barb
benjamin ben benny
catherine kate katie cathy kathy kit kitty cath
charles charlie chuck chas
christopher chris kit topher
daniel dan danny
david dave davy
deborah debbie deb
dorothy dot dottie dolly
edward ed eddie ted teddy ned
elizabeth liz lizzie beth betty bess libby eliza elsie
francis frank frankie
frederick fred freddie
gabriel gabe
geoffrey geoff
george georgie
gregory greg
harold harry hal
henry harry hank
isabella bella izzy isabel
jacob jake
james jim jimmy jamie
jennifer jen jenny
jessica jess jessie
john jack johnny
jonathan jonny jon
joseph joe joey
joshua josh
kenneth ken kenny
lawrence larry laurie
leonard len lenny
margaret maggie meg peggy madge greta
matthew matt
maxwell max
michael mike mick micky mikey
mohammed mo
natasha tasha
nathaniel nathan nat
nicholas nick nicky
olivia liv livvy
oliver ollie
patrick pat paddy
patricia pat patsy trish
peter pete
philip phil pip
rebecca becky becca
richard rich rick ricky dick
robert rob robbie bob bobby bert
ronald ron ronnie
samuel sam sammy
samantha sam sammy
sarah sally sadie
stephen steve
susan sue susie
terence terry
theodore theo ted
theresa tess terry tessa
thomas tom tommy
timothy tim timmy
victoria vicky tori
william will bill billy willy liam
zachary zach zac
"""
FULL_NAMES: dict[str, str] = {}
for _line in _SHORT_FORMS.split("\n"):
    for _short in _line.split()[1:]:
        FULL_NAMES.setdefault(_short, _line.split()[0])


# A name is a line like any other.
tidy = checks.tidy


def plain(name: str) -> str:
    """Lower case without accents, hyphens or apostrophes: for telling whether names agree."""
    taken_apart = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    kept = "".join(c for c in taken_apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", "", kept).split())


def sound(name: str) -> str:
    """The key of a name by its sound, at most 16 characters; empty for an empty name.

    A name without Latin letters has no English sound: its own letters are its key.
    """
    letters = plain(name).replace(" ", "")
    if not re.search("[a-z]", letters):
        return letters[:LONGEST_KEY].upper()
    coded = jellyfish.metaphone(letters).replace(" ", "")
    first = "A" if coded[:1] in _VOWELS else coded[:1]
    # Inside a name H, W and Y are written or left out for the same sound: Ayesha, Aisha.
    rest = re.sub("[HWY]", "", coded[1:])
    return re.sub(r"(.)\1+", r"\1", first + rest)[:LONGEST_KEY]


def given_sound(name: str) -> str:
    """The key of a given name; a short form has that of the full name it stands for."""
    first = plain(name)
    return sound(FULL_NAMES.get(first, first))
