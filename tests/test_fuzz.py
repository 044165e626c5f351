"""Tables spoilt by chance, some hundreds of them; `fuzz.py` goes on for longer."""

from collections import Counter

from fuzz import SPOILT, tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def test_a_spoilt_table_is_refused_with_the_tables_own_error_or_can_be_drawn():
    counts = Counter()

    @settings(
        max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(SPOILT, min_size=1, max_size=4))
    def fuzz(spoilt):
        tried(spoilt, counts)

    fuzz()
    assert counts["refused"] > 100 and counts["loaded"] > 10
