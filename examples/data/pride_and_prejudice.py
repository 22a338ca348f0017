"""Takes the first volume, chapters 1 to 23, of Pride and Prejudice from the R package janeaustenr and writes pride_and_prejudice.txt beside this file.

    apt-get install r-cran-janeaustenr && python3 examples/data/pride_and_prejudice.py

Every paragraph becomes one line, and the underscores around stressed words go. Chapters have no headings.
"""
import pathlib
import re
import struct
import zlib

DATABASE = "/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb"


def read_strings(data: bytes) -> list[str]:
    """The strings of a serialized vector of R: each has the flags of a CHARSXP, its length and its bytes."""
    strings, at = [], 0
    while (at := data.find(b"\x00\x04\x00\x09", at)) >= 0:
        (length,) = struct.unpack(">i", data[at + 4:at + 8])
        strings.append(data[at + 8:at + 8 + length].decode())
        at += 8 + length
    return strings


content = pathlib.Path(DATABASE).read_bytes()
books, at = [], 0
while at < len(content):
    # Each book is a stream of zlib behind the four bytes of its size when unpacked.
    stream = zlib.decompressobj()
    books.append(read_strings(stream.decompress(content[at + 4:])))
    at = len(content) - len(stream.unused_data)
book = next(lines for lines in books if lines[0] == "PRIDE AND PREJUDICE")
chapters = re.split(r"^Chapter \d+\n", "\n".join(book), flags=re.MULTILINE)[1:24]
paragraphs = [" ".join(p.split()) for chapter in chapters for p in chapter.split("\n\n")]
text = "\n".join(p for p in paragraphs if p).replace("_", "") + "\n"
pathlib.Path(__file__).with_suffix(".txt").write_text(text)
