"""Keys that look like numbers."""

from __future__ import annotations

import numpy as np
import pytest

import chainqual as cq


def test_whole_numbers_for_keys_are_never_taken_for_positions() -> None:
    net = cq.Network.from_table({"supplier": [2, 1], "customer": [1, 0]})
    assert net.keys() == ["2", "1", "0"]
    with pytest.raises(ValueError, match=r"'2' for the key, or net.keys\(\)\[2\]"):
        net.shock({2: 0.5})
    assert net.shock({"2": 0.5}).tolist() == [0.5, 0, 0]
    assert net.id(1) == 1  # number and key say the same
    for call in (net.id, net.key, net.suppliers, net.customers):
        with pytest.raises(cq.Error, match="key of another"):
            call(np.uint32(0))
    assert cq.linear(net, {"2": 0.5}).table()["enterprise"] == ["2", "1", "0"]
    assert cq.linear(net, {"2": 0.5}).why("1").enterprise == "1"
    assert cq.systemic_risk(net).table()["enterprise"]
    with pytest.raises(cq.Error, match="numbered from 0"):
        cq.Network.from_table({"supplier": ["a"], "customer": ["b"]}).id(7)
    chain = cq.Chain("", "digits")
    for key in ("1", "0"):
        chain.add_enterprise(key, name=f"n{key}")
    with pytest.raises(cq.Error, match="key of another"):
        chain.network().shock({0: 0.5})
