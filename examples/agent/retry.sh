#!/usr/bin/env bash
# Runs a command. Where an AWS session has lapsed: logs in, and runs it once more.
#
#   AWS_PROFILE=dev retry.sh COMMAND [ARGUMENT...]
#
# Needs `credlapse` on PATH, and nothing besides.
set -uo pipefail

printed=$(mktemp) || exit
trap 'rm -f "$printed"' EXIT
# The terminal sends an interrupt to the command as well: wait for what it makes of it.
trap : INT

# Runs the command; what it writes to stderr is kept too.
run() {
  { "$@" 2>&1 >&3 3>&- | tee "$printed" 3>&- >&2; return "${PIPESTATUS[0]}"; } 3>&1
}

# The text of a JSON string in $1, into $text.
unescape() { printf -v text %b "${1//\\\"/\"}"; }

# Reads `"name":true`, `"name":8` or `"name":"text"` out of $error into $value. Quotes inside of
# texts are escaped, so nothing that a text says can be taken for a field.
field() {
  local pattern="\"$1\":(\"(([^\"\\]|\\\\.)*)\"|[a-z0-9]+)"
  value=
  [[ $error =~ $pattern ]] || return
  value=${BASH_REMATCH[1]}
  if [[ $value == \"* ]]; then
    unescape "${BASH_REMATCH[2]}"
    value=$text
  fi
}

# Reads the list of arguments out of $error into $argv.
login() {
  local rest=${error#*\"reauth_argv\":} item='^[[,]"(([^"\]|\\.)*)"(.*)$'
  argv=()
  while [[ $rest =~ $item ]]; do
    rest=${BASH_REMATCH[3]}
    unescape "${BASH_REMATCH[1]}"
    argv+=("$text")
  done
}

[[ ${1-} != -- ]] || shift
if (($# == 0)); then
  echo 'usage: retry.sh COMMAND [ARGUMENT...]' >&2
  exit 2
fi

may_log_in=1
[[ -z ${CI-} ]] || may_log_in=
while :; do
  run "$@"
  status=$?
  # 126 and 127: it did not start. From 129: a signal ended it. The AWS CLI fails with 252 to 255.
  if ((status == 0 || (status >= 126 && status < 192))); then
    exit "$status"
  fi

  error=$(credlapse explain --format json "$printed")
  field kind
  if [[ -z $value ]]; then
    [[ $error == *'"error":null'* ]] || echo 'cannot ask credlapse what that was' >&2
    exit "$status"
  fi

  field message
  printf '%s\n' "$value" >&2
  # A guess is shown, and decides nothing.
  field confidence
  if [[ $value != possible ]]; then
    field exit_code
    status=$value
  fi
  login
  field retryable
  if [[ $value != true || -z $may_log_in ]] || ((${#argv[@]} == 0)); then
    field action
    printf '  %s\n' "$value" >&2
    exit "$status"
  fi

  printf '  Running: %s\n' "${argv[*]}" >&2
  # It is run as it is, never by a shell; stdout belongs to the command.
  "${argv[@]}" >&2 || exit "$status"
  may_log_in=
done
