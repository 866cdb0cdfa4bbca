"""What the address of the tools makes of the answers of the SDK."""

import json

from api.http.representation import Collected
from api.tools.endpoint import _response


def test_a_fault_of_ours_is_told_without_its_words() -> None:
    """What the SDK could not foresee it would tell as it is."""
    told = {"jsonrpc": "2.0", "id": 7, "error": {"code": 0, "message": "folder /made/up"}}
    answer = _response(Collected(200, [], json.dumps(told).encode()))
    assert answer.status_code == 500
    assert json.loads(bytes(answer.body))["error"]["code"] == -32603
    assert b"made" not in answer.body
