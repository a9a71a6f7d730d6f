"""The program under test: signs in by Okta's Authentication API, with the standard library alone."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class SignInError(Exception):
    """Why nobody was signed in, as a person is told."""


def post(url, body):
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    try:
        with urlopen(Request(url, json.dumps(body).encode(), headers), timeout=10) as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code >= 500:
            raise SignInError("Something is wrong. Try again later.") from error
        raise SignInError(json.load(error)["errorSummary"]) from error


def sign_in(org, username, password, factor_type, ask):
    """The session token. `ask` is called for the code when the factor waits for it."""
    answer = post(f"{org}/api/v1/authn", {"username": username, "password": password})
    if answer["status"] == "MFA_REQUIRED":
        state = {"stateToken": answer["stateToken"]}
        factors = answer["_embedded"]["factors"]
        factor = next(one for one in factors if one["factorType"] == factor_type)
        verify = factor["_links"]["verify"]["href"]
        if factor_type == "sms":
            post(verify, state)
        answer = post(verify, {**state, "passCode": ask()})
    if answer["status"] != "SUCCESS":
        raise SignInError(f"This program does not know {answer['status']}.")
    return answer["sessionToken"]
