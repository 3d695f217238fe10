"""What stands where a password belongs and is none."""

import pytest

from hullmark.checks.passwords import is_password, is_random


@pytest.mark.parametrize(
    "value",
    [
        *("tiger", "Letmein", "wrongpassword", "MyOtherPassword", "reader_password", "!vault|"),
        *("args[", "module.params[", "client.get(name)", "settings.db.secret", "login_password,"),
        *("U2FsdGVkX1+q3Hc0Vt2mYw==", "${DB_USER}", "********", "this", "password}"),
    ],
)
def test_code_and_common_words_are_no_passwords(value):
    assert not is_password(value)


@pytest.mark.parametrize(
    "value", ["xK9[f2!q", "Tr0ub4dor.a", "correct-horse-9", "q7.Vm2.Lp", "p4ss!Word", "hunter7Xa"]
)
def test_what_people_choose_is_a_password(value):
    assert is_password(value)


def test_names_of_resources_are_not_drawn():
    assert not is_random("arn:aws:kms:eu-west-3:111122223333:alias/Tz6Qw9Rk2")
    assert is_random("Tz6Qw9Rk2Lx8Vn4Bp7Hd3Gm5")
