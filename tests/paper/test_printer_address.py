"""An address names one printer, or is refused with examples."""

import pytest

from station_desk.printing.printers.address import Address, AddressNotUnderstood, read_address

GOOD = {
    "folder": Address("folder", ""),
    " folder:/srv/papers ": Address("folder", "/srv/papers"),
    "folder:D:\\papers": Address("folder", "D:\\papers"),
    "system:HP LaserJet 2": Address("system", "HP LaserJet 2"),
    "ipp://printer.lan": Address("ipp", "printer.lan", 631, "/"),
    "ipp://10.0.0.9:8631/printers/A5": Address("ipp", "10.0.0.9", 8631, "/printers/A5"),
    "tcp://10.0.0.9": Address("tcp", "10.0.0.9", 9100),
    "tcp://[fe80::1]:9101/": Address("tcp", "fe80::1", 9101),
    "device:/dev/usb/lp0": Address("device", "/dev/usb/lp0"),
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_names_a_printer(text: str) -> None:
    assert read_address(text) == GOOD[text]


@pytest.mark.parametrize(
    "text",
    [
        "", "printer", "folder:papers", "system:", "system: ", "ipp:printer", "ipp://", "tcp://", "tcp://a b",
        "tcp://host:0", "tcp://host:65536", "tcp://host:x", "tcp://host/path", "device:lp0", "device:",
        "http://host", "ipp://host/a?b", "ipp://user@host/", "system:a\nb", "tcp://host\x00",
        "ipp://" + "a" * 300,
    ],
)  # fmt: skip
def test_what_names_none_is_refused(text: str) -> None:
    with pytest.raises(AddressNotUnderstood):
        read_address(text)


def test_thermal_printers_speak_another_language() -> None:
    speech = {text: address.speech for text, address in GOOD.items()}
    assert {text for text, said in speech.items() if said == "escpos"} == {
        "tcp://10.0.0.9", "tcp://[fe80::1]:9101/", "device:/dev/usb/lp0",
    }  # fmt: skip
