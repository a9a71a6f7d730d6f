import pytest
from sign_in import SignInError, sign_in

ADA = ("ada.byron@example.com", "Analytical1843")


def test_with_a_text_message(okta_org):
    assert sign_in(okta_org.url, *ADA, "sms", ask=lambda: okta_org.outbox()[-1].code)


def test_with_an_authenticator_app(okta_org):
    def ask():
        [code] = okta_org.codes("ada.byron")
        return code.code

    assert sign_in(okta_org.url, *ADA, "token:software:totp", ask)


def test_a_code_expires(okta_org):
    def ask():
        okta_org.clock.advance(301)
        return okta_org.outbox()[-1].code

    with pytest.raises(SignInError, match="exceeded time window"):
        sign_in(okta_org.url, *ADA, "sms", ask)


def test_a_locked_account(okta_org):
    okta_org.change_user("ada.byron", locked_out=True)
    with pytest.raises(SignInError, match="Authentication failed"):
        sign_in(okta_org.url, *ADA, "sms", ask=input)


def test_the_org_has_a_problem(okta_org):
    okta_org.faults("/api/v1/authn", "status", status=503)
    with pytest.raises(SignInError, match="Try again later"):
        sign_in(okta_org.url, *ADA, "sms", ask=input)


def test_what_was_called(okta_org):
    sign_in(okta_org.url, *ADA, "sms", ask=lambda: okta_org.outbox()[-1].code)
    first, *others = okta_org.requests()
    assert (first.method, first.path, first.status) == ("POST", "/api/v1/authn", 200)
    assert len(others) == 2
