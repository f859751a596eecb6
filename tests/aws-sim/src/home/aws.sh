#!/usr/bin/env bash
# Stands for the AWS CLI in tests: `aws sso login [--profile NAME] [--sso-session NAME]`, and nothing else.
set -euo pipefail
profile=${AWS_PROFILE:-}
session=
[ "${1:-} ${2:-}" = "sso login" ] || { echo "aws: only 'sso login' is played here" >&2; exit 252; }
shift 2
while [ $# -gt 0 ]; do
  case $1 in
    --profile) profile=$2; shift 2 ;;
    --profile=*) profile=${1#*=}; shift ;;
    --sso-session) session=$2; shift 2 ;;
    --sso-session=*) session=${1#*=}; shift ;;
    *) echo "aws: unknown option $1" >&2; exit 252 ;;
  esac
done
if [ -z "$session" ]; then
  case $profile in
    sso | role-sso) session=corp ;;
    sso-legacy) session=legacy ;;
    *) echo "Missing the following required SSO configuration values: sso_start_url, sso_region. Profile: $profile" >&2; exit 253 ;;
  esac
fi
body="{\"session\":\"$session\"}"
exec 3<>"/dev/tcp/127.0.0.1/@PORT@"
printf 'POST /_sim/login HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s' "${#body}" "$body" >&3
read -r _ status _ <&3
[ "$status" = 204 ] || { echo "aws: login failed with status $status" >&2; exit 255; }
echo "Successfully logged into Start URL: https://$session.awsapps.com/start"
