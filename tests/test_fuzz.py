"""Tables spoilt by chance, some hundreds of them; `fuzz.py` goes on for longer."""

from collections import Counter

import pytest
from fuzz import SPOILT, tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize("examples", [60, pytest.param(300, marks=pytest.mark.slow)])
def test_a_spoilt_table_is_refused_with_the_tables_own_error_or_can_be_drawn(examples):
    counts = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(SPOILT, min_size=1, max_size=4))
    def fuzz(spoilt):
        tried(spoilt, counts)

    fuzz()
    assert counts["refused"] > examples / 3 and counts["loaded"] > examples / 30
