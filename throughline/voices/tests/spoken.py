"""Recordings to test with: as small as can be, each of a kind that browsers play."""

import io
import wave

from django.core.files.uploadedfile import SimpleUploadedFile

MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x00" * 50


def tone(seconds: float = 0.2) -> bytes:
    """Silence as WAV."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(16_000 * seconds)))
    return out.getvalue()


def mpeg4(*handlers: bytes) -> bytes:
    """The beginning of an MPEG-4 file with tracks of these kinds (`soun`, `vide`)."""
    tracks = b"".join(b"\0\0\0\x20hdlr" + b"\0" * 8 + each + b"\0" * 12 for each in handlers)
    head = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    return head + (8 + len(tracks)).to_bytes(4, "big") + b"moov" + tracks


def a_recording(content: bytes = MP3, name: str = "one.mp3") -> SimpleUploadedFile:
    """As a form brings it."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
