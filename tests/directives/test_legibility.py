"""Texts that no rule can read are refused with what helps; sound ones are not."""

import tomllib

import pytest

from benchmarks.extraction import BUILT
from tests.directives.thread import Thread
from tests.ground import Organisation, client_of
from thammuu.directives.extraction import Unreadable, fault_of
from thammuu.directives.models import Assignment

SOUND = "1. Giao Công an tỉnh Đồng Nai chủ trì, phối hợp với Sở Y tế xây dựng phương án trước ngày 30/6/2026.\n"
TCVN3 = "1. Giao C«ng an tØnh chñ tr×, phèi hîp víi Së Y tÕ x©y dùng ph­¬ng ¸n tr­íc ngµy 30/6/2026.\n"
VNI = "1. Giao Coâng an tænh chuû trì, phoái hôïp vôùi Sôû Y teá xaây döïng phöông aùn tröôùc ngaøy 30/6/2026.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TCVN3, Unreadable.TCVN3),
        (VNI, Unreadable.VNI),
        (SOUND.encode().decode("latin-1"), Unreadable.GARBLED),
        (SOUND.encode().decode("cp1252", "replace"), Unreadable.GARBLED),
        (SOUND.encode("ascii", "replace").decode().replace("?", "\ufffd"), Unreadable.GARBLED),
        ("- 1 -\n\n- 2 -\n\n. . . . 3", Unreadable.NO_WORDS),
        ("\x0c\x0c \n", Unreadable.NO_WORDS),
        (SOUND + "2. C\u043eng an xã báo cáo.", Unreadable.LOOK_ALIKE),
        (SOUND + "2. \u00d0ồn Biên phòng báo cáo.", Unreadable.LOOK_ALIKE),
    ],
)
def test_what_cannot_be_read(text: str, why: Unreadable) -> None:
    fault = fault_of(text)
    assert fault is not None and fault.why is why


def test_a_look_alike_is_found_where_it_stands() -> None:
    fault = fault_of(SOUND + "2. C\u043eng an xã báo cáo.")
    assert fault is not None and (fault.word, fault.line) == ("C\u043eng", 2)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "Giao V01 lam bao cao truoc ngay 30/6.",
        "Hội đàm tại Đà Nẵng với đoàn Москва, với công ty Škoda và Citroën; nhiệt độ 35°C ± 2, tỷ lệ ½.",
        "Ủy ban".replace("Ủ", "U\u0309"),
    ],
)
def test_what_can_be_read(text: str) -> None:
    assert fault_of(text) is None


@pytest.mark.parametrize("file", BUILT, ids=lambda file: file.stem)
def test_no_clause_of_the_sets_is_refused(file: object) -> None:
    given = tomllib.loads(file.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert [one["text"] for one in given["clause"] if fault_of(one["text"])] == []


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "words"), [(TCVN3, "TCVN3"), (VNI, "VNI"), ("- 1 -", "A scan has none")])
def test_the_page_says_what_helps(organisation: Organisation, thread: Thread, text: str, words: str) -> None:
    before = Assignment.objects.count()
    address = f"/decisions/{thread.decision}/proposals/"
    answer = client_of(organisation.chief).post(address, {"text": text, "signed_on": "2026-11-20"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Assignment.objects.count() == before
