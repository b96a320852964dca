"""The benchmarks' table; no test asserts a time."""

from benchmarks.table import Row, as_text


def test_the_table_shows_times_ratios_and_aims() -> None:
    """Each row has its two times in a readable unit, their ratio, and the aim where there is one."""
    text = as_text([Row("check : build", 1.5, 1.0, 2.0), Row("read : parse", 0.0002, 0.02)], ["A note."])

    assert "1.50 s     1.00 s    1.500     2.00" in text
    assert "0.20 ms   20.00 ms    0.010" in text
    assert text.endswith("A note.")
