"""A file is measured while it arrives: a large one is neither kept nor written to disk."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory, override_settings

from core.files.decoding import LARGEST
from core.files.uploads import MeasuredUploadHandler
from core.forms import HouseForm, TableFileField


class OneFile(HouseForm):
    content = TableFileField(label="File")


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ([LARGEST], [LARGEST]),
        ([LARGEST + 1], [0]),
        ([9 * LARGEST], [0]),
        ([LARGEST, 9], [LARGEST, 0]),
    ],
)
def test_only_what_may_be_read_is_kept(sizes: list[int], kept: list[int]) -> None:
    files = {f"file-{n}": SimpleUploadedFile("r.csv", b"x" * size) for n, size in enumerate(sizes)}
    request = RequestFactory().post("/", files)
    found: list[Any] = [request.FILES[name] for name in files]
    assert [len(each.read()) for each in found] == kept
    assert [each.size <= LARGEST for each in found] == [bool(size) for size in kept]
    assert all(isinstance(each.file, BytesIO) for each in found)
    assert [type(each) for each in request.upload_handlers] == [MeasuredUploadHandler]


def test_a_file_that_is_too_large_is_refused_in_words() -> None:
    request = RequestFactory().post("/", {"content": SimpleUploadedFile("r", b"x" * 2 * LARGEST)})
    form = OneFile(request.POST, request.FILES)
    assert form.errors == {"content": ["The file may have at most 1 MB"]}


@override_settings(
    FILE_UPLOAD_HANDLERS=["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
)
def test_without_the_measure_it_would_be_written_to_disk() -> None:
    """The control."""
    request = RequestFactory().post("/", {"content": SimpleUploadedFile("r", b"x" * 2 * LARGEST)})
    file: Any = request.FILES["content"]
    with file:
        assert file.temporary_file_path()
