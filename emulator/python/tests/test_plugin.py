"""The fixtures, in runs of pytest of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

ORG = """
[org]
name = "Small"
[[users]]
login = "ada.byron@example.com"
first_name = "Ada"
last_name = "Byron"
"""
RESET = """
    def test_one(okta_org):
        okta_org.change_user("ada.byron", locked_out=True)

    def test_other(okta_org, okta_emulator):
        assert okta_org is okta_emulator
        assert {user.status for user in okta_org.users() if user.login.startswith("ada")} == {"ACTIVE"}
"""


def test_the_org_is_reset_after_each_test(pytester: pytest.Pytester) -> None:
    Path(pytester.path, "org.toml").write_text(ORG)
    pytester.makeini("[pytest]\nokta_emulator_config = org.toml\n")
    pytester.makepyfile(RESET)
    pytester.runpytest_subprocess().assert_outcomes(passed=2)


def test_the_ini_file_configures_it(pytester: pytest.Pytester) -> None:
    Path(pytester.path, "org.toml").write_text('[org]\nname = "Mine"\n')
    pytester.makeini(
        """
        [pytest]
        okta_emulator_config = org.toml
        okta_emulator_page_origins =
            http://localhost:3000
            http://localhost:4000
        """
    )
    pytester.makepyfile(
        """
        def test_it(okta_org):
            assert okta_org.users() == []
            origins = okta_org.control("GET", "trusted-origins")
            assert [one["origin"] for one in origins] == ["http://localhost:3000", "http://localhost:4000"]
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_fixture_of_the_options_configures_it(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def okta_emulator_options():
            return {"config": {"org": {"name": "Mine"}}}
        """
    )
    pytester.makepyfile("def test_it(okta_org):\n    assert okta_org.users() == []\n")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_mistake_in_the_configuration_is_the_error_of_the_test(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nokta_emulator_config = nothing.toml\n")
    pytester.makepyfile("def test_it(okta_org):\n    pass\n")
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*EmulatorError: *nothing.toml*"])


def test_without_the_fixture_nothing_starts(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKTA_EMULATOR_BINARY", "/nowhere")
    pytester.makepyfile("def test_it():\n    pass\n")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
