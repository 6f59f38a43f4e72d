"""Files that are sent to us: counted as they arrive, kept only as far as they may be read."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from core.files.decoding import LARGEST


class MeasuredUploadHandler(FileUploadHandler):
    """Holds what one request sends in files, at most 1 MB; of what is more it counts the bytes.

    Nothing is written to disk. A file that was too large is given without its content and with its
    size, by which its field refuses it.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.sent = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sent += len(raw_data)
        if self.sent <= LARGEST:
            self.held.write(raw_data)
        else:
            self.held = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            # Files that are too large together are each too large, as far as anybody may read them.
            size=file_size if self.sent <= LARGEST else self.sent,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
