"""What someone writes who tries the package: starts the sample org, and signs in. It is not a test, but is run by the
checks in an environment that has this package only."""

from __future__ import annotations

import json
from urllib.request import Request, urlopen

from okta_emulator import Emulator

with Emulator() as org:
    body = json.dumps({"username": "ada.byron", "password": "Analytical1843"}).encode()
    request = Request(f"{org.url}/api/v1/authn", body, {"Content-Type": "application/json", "Accept": "application/json"})
    with urlopen(request) as answer:
        print(json.load(answer)["status"])
