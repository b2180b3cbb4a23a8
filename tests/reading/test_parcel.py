from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from grader.inert import is_inert
from grader.reading import parcel
from grader.reading.parcel import MAX_ENTRIES, Parcel
from grader.reading.untrusted import Unreadable

MOST = 64 << 10


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    """A zip of (name or ZipInfo, text)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return buffer.getvalue()


def renamed(data, old, new):
    """The zip with a name of as many bytes in place of another, in list and member."""
    assert len(old) == len(new)
    return data.replace(old, new)


def entry(name, *, mode=stat.S_IFREG, system=3):
    one = zipfile.ZipInfo(name)
    one.create_system = system
    one.external_attr = (mode | 0o644) << 16
    return one


def changed(data, offset, value, fmt="<H"):
    """The zip with a field of its list's first entry overwritten."""
    at = data.index(b"PK\x01\x02") + offset
    raw = struct.pack(fmt, value)
    return data[:at] + raw + data[at + len(raw) :]


def problem_of(data, name="work.py", most=MOST):
    with pytest.raises(Unreadable) as caught:
        Parcel(data, [name]).read(name, most)
    assert is_inert(str(caught.value))
    return str(caught.value)


def test_a_member_is_read_by_its_name():
    found = Parcel(zipped(("work.py", "x = 1\n"), ("notes.txt", "")))

    assert found.names == ["notes.txt", "work.py"]
    assert found.read("work.py", MOST) == b"x = 1\n"


def test_one_folder_round_everything_is_taken_off():
    data = zipped(("hw 1/", ""), ("hw 1/work.py", "x = 1"), ("hw 1/more/a.py", ""))

    assert Parcel(data).names == ["more", "work.py"]


def test_a_second_folder_is_not():
    assert Parcel(zipped(("a/b/work.py", ""))).names == ["b"]


def test_two_folders_stay_as_they_are():
    assert Parcel(zipped(("a/work.py", ""), ("b/work.py", ""))).names == ["a", "b"]


@pytest.mark.parametrize(
    "name", ["__MACOSX/._work.py", ".DS_Store", ".git/config", "hw/__pycache__/work.pyc"]
)
def test_leavings_of_systems_do_not_count(name):
    assert Parcel(zipped(("hw/work.py", ""), (name, "junk"))).names == ["work.py"]


def test_a_separator_of_windows_is_one():
    data = renamed(zipped(("hw/work.py", "x")), b"hw/work.py", b"hw\\work.py")

    assert Parcel(data).names == ["work.py"]


@pytest.mark.parametrize(
    "name", ["/work.py", "../work.py", "a/../../work.py", "C:work.py", "\\\\a\\work.py", "..\\w.py"]
)
def test_a_name_that_leads_elsewhere_is_left_out_and_counted(name):
    member = zipfile.ZipInfo("placeholder")
    member.filename = name
    found = Parcel(zipped((member, "x"), ("work.py", "")))

    assert (found.names, found.left_out) == (["work.py"], 1)


@pytest.mark.parametrize("alphabet", ["cp866", "cp1251", "utf-8"])
def test_names_of_old_zips_are_read_in_the_alphabet_that_they_are_written_in(alphabet):
    written = "Домашняя работа.py".encode(alphabet)
    data = renamed(zipped(("x" * len(written), "")), b"x" * len(written), written)

    assert Parcel(data).names == ["Домашняя работа.py"]


def test_a_name_that_is_wanted_is_found_in_either_alphabet():
    written = "бак.py".encode("cp1251")  # in cp866 these are letters, too
    data = renamed(zipped(("xxx.py", "x = 1")), b"xxx.py", written)

    assert Parcel(data, ["бак.py"]).read("бак.py", MOST) == b"x = 1"


def test_a_name_behind_a_nul_is_another_name():
    data = renamed(zipped(("work.py-.txt", "")), b"work.py-.txt", b"work.py\0.txt")

    assert Parcel(data).names == ["work.py\0.txt"]


@pytest.mark.parametrize("data", [b"", b"x = 1\n", b"PK\x03\x04", b"PK\x05\x06" + bytes(10)])
def test_what_is_no_zip_is_said_to_be_none(data):
    with pytest.raises(Unreadable, match="is damaged, or none"):
        Parcel(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Rar!\x1a\x07\x00", "a rar"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z"),
        (b"\x1f\x8b\x08", "a gz"),
        (bytes(257) + b"ustar\0", "a tar"),
    ],
)
def test_another_kind_of_archive_is_told_by_name(data, kind):
    with pytest.raises(Unreadable, match=f"^The zip is {kind} by another name. Zip your work"):
        Parcel(data)


def test_an_empty_zip_holds_nothing():
    assert Parcel(zipped()).names == []


def test_the_same_name_twice_is_nobodys_to_choose():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("work.py", "x = 1"), ("work.py", "x = 2"))

    assert problem_of(data) == "work.py is in the zip 2 times. Keep one."


def test_names_that_differ_in_case_are_one_file_elsewhere():
    data = zipped(("work.py", "x = 1"), ("Work.py", "x = 2"))

    assert problem_of(data) == "work.py and Work.py are one file on many systems. Keep one."


def test_a_folder_in_the_place_of_a_file_is_a_problem():
    assert problem_of(zipped(("work.py/a", ""), ("b", ""))).startswith("work.py is a folder.")


def test_a_link_is_not_followed():
    data = zipped((entry("work.py", mode=stat.S_IFLNK), "/etc/passwd"))

    assert problem_of(data) == "work.py is a link. Hand in the file itself."


def test_a_device_is_not_made():
    data = zipped((entry("work.py", mode=stat.S_IFCHR), ""))

    assert problem_of(data) == "work.py is not a regular file. Hand in the file itself."


def test_what_another_system_says_of_a_mode_is_no_mode():
    data = zipped((entry("work.py", mode=stat.S_IFLNK, system=0), "x = 1"))

    assert Parcel(data).read("work.py", MOST) == b"x = 1"


@pytest.mark.parametrize("flag", [1, 0x40])
def test_a_password_is_not_asked_for(flag):
    data = changed(zipped(("work.py", "x = 1")), 8, flag)

    assert problem_of(data) == "work.py is locked by a password. Zip it without one."


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_unpack_all_at_once_are_not_read(method):
    assert "is packed in an unusual way" in problem_of(zipped(("work.py", "x"), method=method))


def test_a_member_that_says_it_is_long_is_not_opened():
    data = zipped(("work.py", bytes(MOST + 1)))

    assert problem_of(data).startswith("work.py is 64 KiB long; at most 64 KiB are read.")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_that_is_longer_than_it_says_is_damaged(method):
    data = changed(zipped(("work.py", bytes(1 << 20)), method=method), 24, 100, "<I")
    data = changed(data, 16, zlib.crc32(bytes(100)), "<I")  # only its end tells

    assert problem_of(data).startswith("work.py is damaged in the zip.")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_member_that_is_shorter_than_it_says_is_damaged(method):
    data = changed(zipped(("work.py", "x = 1"), method=method), 24, 100, "<I")

    assert problem_of(data).startswith("work.py is damaged in the zip.")


def test_a_member_of_other_bytes_than_were_packed_is_damaged():
    data = zipped(("work.py", "x = 1"), method=zipfile.ZIP_STORED).replace(b"x = 1", b"x = 2")

    assert problem_of(data).startswith("work.py is damaged in the zip.")


def test_a_member_under_another_name_than_listed_is_damaged():
    data = zipped(("work.py", "x = 1"))

    assert problem_of(b"PK" + data[2:].replace(b"work.py", b"evil.py", 1)).startswith(
        "work.py is damaged in the zip."
    )


def test_what_is_long_and_packed_too_well_is_not_unpacked():
    data = zipped(("work.ipynb", bytes(2 << 20)))

    assert "packed more than 200 to 1" in problem_of(data, "work.ipynb", 8 << 20)


def test_what_is_long_and_packed_as_work_is_gets_read():
    text = bytes(range(256)) * (2 << 12)
    data = zipped(("work.ipynb", text), method=zipfile.ZIP_STORED)

    assert Parcel(data).read("work.ipynb", 8 << 20) == text


def test_more_members_than_are_looked_at_are_a_problem():
    data = zipped(*((f"{number}", "") for number in range(MAX_ENTRIES + 1)))

    assert f"more than {MAX_ENTRIES} files" in problem_of(data)


def test_a_list_that_is_too_long_is_never_built(monkeypatch):
    monkeypatch.setattr(zipfile, "ZipInfo", lambda *_: pytest.fail("an entry was built"))
    size = parcel.MAX_INDEX_BYTES + 1
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, size, 0, 0)

    assert f"more than {MAX_ENTRIES} files" in problem_of(bytes(size) + end)


def test_a_zip_within_a_zip_stays_closed():
    found = Parcel(zipped(("work.zip", zipped(("work.py", "x = 1")))))

    assert found.names == ["work.zip"]
