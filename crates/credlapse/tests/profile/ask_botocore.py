"""Asks a real botocore what the cases of this file mean and writes botocore.json.

    pip install 'botocore[crt]' && python ask_botocore.py > botocore.json

Nothing leaves the process: what would ask a server or start a process is replaced
by a stand-in that only says that it was reached.
"""

import json
import os
import random
import sys
import tempfile

import botocore
import botocore.credentials as credentials
import botocore.session
from botocore.utils import SSOTokenLoader

SSO = (
    "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n"
    "[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n"
)
LEGACY = (
    "sso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n"
    "sso_account_id = 123456789012\nsso_role_name = Dev\n"
)
KEYS = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI\n"
ROLE = "role_arn = arn:aws:iam::123456789012:role/Deploy\n"
LOGIN = "login_session = arn:aws:iam::123456789012:user/alice\n"
PROCESS = "credential_process = /opt/get-creds\n"
DEV = {"AWS_PROFILE": "dev"}
ENV_KEYS = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "s"}

# id: (config, credentials, environment, explicit profile)
CASES = {
    "sso-session": ("[profile dev]\n" + SSO, None, DEV, None),
    "legacy-sso": ("[profile dev]\n" + LEGACY, None, DEV, None),
    "sso-session-missing": ("[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = D\n", None, DEV, None),
    "sso-role-missing": ("[profile dev]\nsso_session = corp\nsso_account_id = 1\n[sso-session corp]\nsso_start_url = u\nsso_region = r\n", None, DEV, None),
    "sso-session-incomplete": ("[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = D\n[sso-session corp]\nsso_region = r\n", None, DEV, None),
    "sso-session-differs": ("[profile dev]\nsso_region = other\n" + SSO, None, DEV, None),
    "sso-legacy-incomplete": ("[profile dev]\nsso_account_id = 1\nsso_role_name = D\n", None, DEV, None),
    "sso-session-quoted": ("[profile dev]\nsso_session = my corp\nsso_account_id = 1\nsso_role_name = D\n[sso-session 'my corp']\nsso_start_url = u\nsso_region = r\n", None, DEV, None),
    "sso-and-keys": ("[profile dev]\n" + SSO, "[dev]\n" + KEYS, DEV, None),
    "login-and-keys": ("[profile dev]\n" + LOGIN, "[dev]\n" + KEYS, DEV, None),
    "process": ("[profile dev]\n" + PROCESS, None, DEV, None),
    "process-and-keys": ("[profile dev]\n" + PROCESS, "[dev]\n" + KEYS, DEV, None),
    "process-and-config-keys": ("[profile dev]\n" + PROCESS + KEYS, None, DEV, None),
    "login-without-session": ("[profile dev]\n" + LOGIN, None, DEV, None),
    "keys": (None, "[dev]\n" + KEYS, DEV, None),
    "keys-in-config": ("[profile dev]\n" + KEYS, None, DEV, None),
    "keys-with-token": (None, "[dev]\n" + KEYS + "aws_session_token = t\n", DEV, None),
    "keys-half": (None, "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", DEV, None),
    "keys-split": ("[profile dev]\naws_secret_access_key = s\n", "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", DEV, None),
    "nothing": (None, None, {}, None),
    "nothing-in-profile": ("[profile dev]\nregion = us-east-1\n", None, DEV, None),
    "default": (None, "[default]\n" + KEYS, {}, None),
    "unknown": ("[profile dev]\nregion = r\n", None, {"AWS_PROFILE": "nosuch"}, None),
    "unknown-without-files": (None, None, DEV, None),
    "unknown-argument": ("[profile dev]\n" + SSO, None, {}, "nosuch"),
    "unknown-with-environment-keys": ("[profile dev]\n", None, {**ENV_KEYS, "AWS_PROFILE": "nosuch"}, None),
    "default-asked-for": ("[profile dev]\n", None, {"AWS_PROFILE": "default"}, None),
    "empty-variable": ("[default]\n" + KEYS, None, {"AWS_PROFILE": ""}, None),
    "default-variable": ("[profile dev]\n" + KEYS, None, {"AWS_DEFAULT_PROFILE": "dev"}, None),
    "environment-keys": ("[profile dev]\n" + SSO, None, {**ENV_KEYS, **DEV}, None),
    "environment-keys-token": (None, None, {**ENV_KEYS, "AWS_SESSION_TOKEN": "t"}, None),
    "environment-keys-old-token": (None, None, {**ENV_KEYS, "AWS_SECURITY_TOKEN": "t"}, None),
    "environment-argument": ("[profile dev]\n" + SSO, None, ENV_KEYS, "dev"),
    "environment-half": ("[profile dev]\n" + SSO, None, {"AWS_ACCESS_KEY_ID": "A", **DEV}, None),
    "environment-secret-only": ("[profile dev]\n" + SSO, None, {"AWS_SECRET_ACCESS_KEY": "A", **DEV}, None),
    "environment-half-argument": ("[profile dev]\n" + SSO, None, {"AWS_ACCESS_KEY_ID": "A"}, "dev"),
    "web-identity-environment": (None, None, {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:aws:iam::1:role/A"}, None),
    "web-identity-without-role": (None, None, {"AWS_WEB_IDENTITY_TOKEN_FILE": "/t"}, None),
    "web-identity-profile": ("[profile dev]\n" + ROLE + "web_identity_token_file = /t\n", None, DEV, None),
    "web-identity-profile-without-role": ("[profile dev]\nweb_identity_token_file = /t\n", None, DEV, None),
    "container": (None, None, {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/x"}, None),
    "container-relative": ("[default]\nregion = r\n", None, {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"}, None),
    "role": ("[profile dev]\n" + ROLE + "source_profile = base\n", "[base]\n" + KEYS, DEV, None),
    "role-mfa": ("[profile dev]\n" + ROLE + "source_profile = base\nmfa_serial = arn:aws:iam::1:mfa/a\n", "[base]\n" + KEYS, DEV, None),
    "role-of-sso": ("[profile dev]\n" + ROLE + "source_profile = base\n[profile base]\n" + SSO, None, DEV, None),
    "role-of-process": ("[profile dev]\n" + ROLE + "source_profile = base\n[profile base]\n" + PROCESS, None, DEV, None),
    "role-of-web-identity": ("[profile dev]\n" + ROLE + "source_profile = base\n[profile base]\n" + ROLE + "web_identity_token_file = /t\n", None, DEV, None),
    "role-of-role": ("[profile dev]\n" + ROLE + "source_profile = b\n[profile b]\n" + ROLE + "source_profile = c\n[profile c]\n" + KEYS, None, DEV, None),
    "role-of-default": ("[profile dev]\n" + ROLE + "source_profile = default\n[default]\n" + KEYS, None, DEV, None),
    "role-of-itself": ("[profile dev]\n" + ROLE + "source_profile = dev\n" + KEYS, None, DEV, None),
    "role-of-itself-half": ("[profile dev]\n" + ROLE + "source_profile = dev\n", None, DEV, None),
    "role-loop": ("[profile dev]\n" + ROLE + "source_profile = b\n[profile b]\n" + ROLE + "source_profile = dev\n", None, DEV, None),
    "role-loop-later": ("[profile dev]\n" + ROLE + "source_profile = b\n[profile b]\n" + ROLE + "source_profile = c\n[profile c]\n" + ROLE + "source_profile = b\n", None, DEV, None),
    "role-loop-with-keys": ("[profile dev]\n" + ROLE + "source_profile = b\n[profile b]\n" + ROLE + KEYS + "source_profile = dev\n", None, DEV, None),
    "role-source-missing": ("[profile dev]\n" + ROLE + "source_profile = gone\n", None, DEV, None),
    "role-source-empty": ("[profile dev]\n" + ROLE + "source_profile = base\n[profile base]\nregion = r\n", None, DEV, None),
    "role-source-half": ("[profile dev]\n" + ROLE + "source_profile = base\n", "[base]\naws_access_key_id = A\n", DEV, None),
    "role-without-source": ("[profile dev]\n" + ROLE, None, DEV, None),
    "role-both-sources": ("[profile dev]\n" + ROLE + "source_profile = base\ncredential_source = Environment\n", "[base]\n" + KEYS, DEV, None),
    "role-credential-source-environment": ("[profile dev]\n" + ROLE + "credential_source = Environment\n", None, {**ENV_KEYS}, "dev"),
    "role-credential-source-instance": ("[profile dev]\n" + ROLE + "credential_source = Ec2InstanceMetadata\n", None, DEV, None),
    "role-credential-source-container": ("[profile dev]\n" + ROLE + "credential_source = EcsContainer\n", None, {**DEV, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"}, None),
    "role-credential-source-bogus": ("[profile dev]\n" + ROLE + "credential_source = Bogus\n", None, DEV, None),
    "role-credential-source-case": ("[profile dev]\n" + ROLE + "credential_source = environment\n", None, DEV, None),
    "role-and-keys": ("[profile dev]\n" + ROLE + "source_profile = base\n" + KEYS, "[base]\n" + KEYS, DEV, None),
    "role-in-credentials": (None, "[dev]\n" + ROLE + "source_profile = base\n[base]\n" + KEYS, DEV, None),
    "role-and-sso": ("[profile dev]\n" + ROLE + "source_profile = base\n" + LEGACY, "[base]\n" + KEYS, DEV, None),
    # The form of the files.
    "ini-crlf": ("[profile dev]\r\nsso_session = corp\r\nsso_account_id = 1\r\nsso_role_name = D\r\n[sso-session corp]\r\nsso_start_url = u\r\nsso_region = r\r\n", None, DEV, None),
    "ini-upper-case-keys": (None, "[dev]\nAWS_ACCESS_KEY_ID = A\nAws_Secret_Access_Key = s\n", DEV, None),
    "ini-colon": (None, "[dev]\naws_access_key_id: A\naws_secret_access_key : s\n", DEV, None),
    "ini-indented": ("  [profile dev]\n    credential_process = x\n    region = r\n", None, DEV, None),
    "ini-indented-keys": (None, "[dev]\n  aws_access_key_id = A\n  aws_secret_access_key = s\n", DEV, None),
    "ini-nested": ("[profile dev]\ns3 =\n  role_arn = x\n  credential_process = y\nregion = r\n", None, DEV, None),
    "ini-nested-after-blank": ("[profile dev]\ns3 =\n\n  credential_process = y\n\nregion = r\n", None, DEV, None),
    "ini-nested-damaged": ("[profile dev]\ns3 =\n  word\nregion = r\n", None, DEV, None),
    "ini-continued": ("[profile dev]\nregion = r\n  credential_process = y\n", None, DEV, None),
    "ini-comments": ("# a\n; b\n[profile dev]\n# credential_process = x\n ; more\ncredential_process = y\n", None, DEV, None),
    "ini-header-comment": ("[profile dev] # mine\ncredential_process = y\n", None, DEV, None),
    "ini-quoted-name": ("[profile \"dev\"]\ncredential_process = y\n", None, DEV, None),
    "ini-name-with-space": ("[profile 'my dev']\ncredential_process = y\n", None, {"AWS_PROFILE": "my dev"}, None),
    "ini-name-with-quote": ("[profile 'it'\"'\"'s']\ncredential_process = y\n", None, {"AWS_PROFILE": "it's"}, None),
    "ini-name-with-backslash": ("[profile a\\ b]\ncredential_process = y\n", None, {"AWS_PROFILE": "a b"}, None),
    "ini-name-unquoted-space": ("[profile my dev]\ncredential_process = y\n", None, {"AWS_PROFILE": "my dev"}, None),
    "ini-name-unclosed-quote": ("[profile 'dev]\ncredential_process = y\n", None, DEV, None),
    "ini-name-tab": ("[profile\tdev]\ncredential_process = y\n", None, DEV, None),
    "ini-name-spaces": ("[profile   dev  ]\ncredential_process = y\n", None, DEV, None),
    "ini-name-unicode": ("[profile dév]\ncredential_process = y\n", None, {"AWS_PROFILE": "dév"}, None),
    "ini-name-without-prefix": ("[dev]\ncredential_process = y\n", None, DEV, None),
    "ini-name-other-case": ("[profile Dev]\ncredential_process = y\n", None, DEV, None),
    "ini-credentials-with-space": (None, "[my dev]\n" + KEYS, {"AWS_PROFILE": "my dev"}, None),
    "ini-credentials-with-prefix": (None, "[profile dev]\n" + KEYS, DEV, None),
    "ini-profile-default": ("[profile default]\ncredential_process = y\n", None, {}, None),
    "ini-both-defaults": ("[default]\nregion = r\n[profile default]\ncredential_process = y\n", None, {}, None),
    "ini-header-unclosed": ("[profile dev\nregion us-east-1\n", None, DEV, None),
    "ini-before-section": ("region = r\n[profile dev]\ncredential_process = y\n", None, DEV, None),
    "ini-word": ("[profile dev]\nword\ncredential_process = y\n", None, DEV, None),
    "ini-empty-key": ("[profile dev]\n= x\ncredential_process = y\n", None, DEV, None),
    "ini-byte-order-mark": ("\ufeff[profile dev]\ncredential_process = y\n", None, DEV, None),
    "ini-duplicate-section": (None, "[dev]\n" + KEYS + "[dev]\n" + KEYS, DEV, None),
    "ini-duplicate-key": (None, "[dev]\n" + KEYS + "aws_access_key_id = B\n", DEV, None),
    "ini-duplicate-elsewhere": ("[profile dev]\ncredential_process = y\n[profile a]\n[profile a]\n", None, DEV, None),
    "ini-value-with-equals": ("[profile dev]\nsso_session = a=b\nsso_account_id = 1\nsso_role_name = D\n[sso-session a=b]\nsso_start_url = u\nsso_region = r\n", None, DEV, None),
    "ini-value-with-hash": ("[profile dev]\nsso_start_url = https://x/#/\nsso_region = r\nsso_account_id = 1\nsso_role_name = D\n", None, DEV, None),
    "ini-value-with-comment": ("[profile dev]\nsso_session = corp # ours\nsso_account_id = 1\nsso_role_name = D\n[sso-session corp]\nsso_start_url = u\nsso_region = r\n", None, DEV, None),
    "ini-empty-value": ("[profile dev]\nrole_arn =\ncredential_process = y\n", None, DEV, None),
}


def mixtures():
    """Three profiles of parts in random order, always the same ones."""
    dice = random.Random(20261121)
    parts = [
        ROLE + "source_profile = {}\n",
        ROLE + "source_profile = {}\nmfa_serial = arn:aws:iam::123456789012:mfa/alice\n",
        ROLE,
        ROLE + "credential_source = Environment\n",
        ROLE + "web_identity_token_file = /t\n",
        "credential_source = Ec2InstanceMetadata\n",
        "source_profile = {}\n",
        LEGACY,
        "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Dev\n",
        "sso_session = gone\nsso_role_name = Dev\n",
        KEYS,
        "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        PROCESS,
        "web_identity_token_file = /t\n",
        "region = us-east-1\n",
    ]
    session = "[sso-session corp]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n"
    for index in range(200):
        files = {"config": session, "credentials": ""}
        for profile in ("dev", "a", "b"):
            said = set()
            for where in dice.choice([["config"], ["config", "credentials"], ["config", "credentials"]]):
                lines = []
                for part in dice.choices(parts, k=dice.choice([0, 1, 1, 2])):
                    for line in part.format(dice.choice(["a", "b", "b", "dev", "gone"])).splitlines():
                        if line.split(" =")[0] not in said:
                            said.add(line.split(" =")[0])
                            lines.append(line)
                if lines or dice.random() < 0.5:
                    prefix = "profile " if where == "config" else ""
                    files[where] += f"[{prefix}{profile}]\n" + "".join(f"{line}\n" for line in lines)
        env = dice.choice([DEV, DEV, DEV, {**DEV, **ENV_KEYS}])
        yield f"mixture-{index}", (files["config"], files["credentials"] or None, env, None)


def ask(config, creds, env, argument):
    with tempfile.TemporaryDirectory() as home:
        os.makedirs(f"{home}/.aws")
        for name, content in (("config", config), ("credentials", creds)):
            if content is not None:
                with open(f"{home}/.aws/{name}", "w", encoding="utf-8", newline="") as file:
                    file.write(content)
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            del os.environ[name]
        os.environ.update(env, HOME=home)
        found = {"sources": [], "cache": []}

        def stand_in(method):
            return credentials.Credentials("a", "s", method=method)

        def resolve(self, role_config, profile_name, real=credentials.AssumeRoleProvider._resolve_source_credentials):
            source = real(self, role_config, profile_name)
            found["sources"].append(source)
            return source

        def key(self, start_url, session_name, real=SSOTokenLoader._generate_cache_key):
            found["cache"].append(real(self, start_url, session_name))
            return found["cache"][-1]

        patches = [
            (credentials.AssumeRoleProvider, "_resolve_source_credentials", resolve),
            (SSOTokenLoader, "_generate_cache_key", key),
            (credentials.ContainerProvider, "_retrieve_or_fail", lambda self: stand_in("container-role")),
            (credentials.InstanceMetadataProvider, "load", lambda self: stand_in("iam-role")),
            (credentials.ProcessProvider, "_retrieve_credentials_using", lambda self, command: {"access_key": "a", "secret_key": "s"}),
        ]
        saved = [(owner, name, getattr(owner, name)) for owner, name, _ in patches]
        for owner, name, stand in patches:
            setattr(owner, name, stand)
        result = {}
        try:
            session = botocore.session.Session(profile=argument)
            result["profiles"] = sorted(session.available_profiles)
            session.get_scoped_config()
            creds = session.get_credentials()
            source = found["sources"][0] if found["sources"] else creds
            result["role"] = bool(found["sources"])
            result["method"] = source.method
            if type(source) is credentials.Credentials:
                result["token"] = source.token is not None
            if source.method == "sso":
                try:
                    source.get_frozen_credentials()
                except Exception:
                    pass
                result["cache"] = found["cache"][0]
        except Exception as error:
            result["error"] = type(error).__name__
            result["message"] = str(error).replace(home, "~")
        finally:
            for owner, name, real in saved:
                setattr(owner, name, real)
        return result


def main():
    out = {"botocore": botocore.__version__, "cases": []}
    for name, (config, creds, env, argument) in [*CASES.items(), *mixtures()]:
        case = {"id": name, "config": config, "credentials": creds, "env": env, "profile": argument}
        out["cases"].append({**{k: v for k, v in case.items() if v}, "botocore": ask(config, creds, env, argument)})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in out["cases"])
    print(f'{{"botocore": "{out["botocore"]}", "cases": [\n{lines}\n]}}')


if __name__ == "__main__":
    sys.exit(main())
