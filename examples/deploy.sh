#!/usr/bin/env bash
# Deploys the stacks of a CDK app, one after the other.
#
#   AWS_PROFILE=dev ACCOUNT=123456789012 deploy.sh STACK...
#
# It stops before the first stack where the credentials will not do: no session, the wrong account,
# too little time left. Where a session lapses in the middle it offers the login and goes on with the
# stack that failed; what is deployed stays deployed. In CI nobody is asked. It ends with 10 where a
# session has lapsed, with 8 where something else has to change, and else with the status of cdk.
#
#   MIN_REMAINING=1h    how long the session has to last [default: 30m]
#   REAUTH=always       log in without asking [default: ask]
#
# Needs credlapse, the AWS CLI and the CDK CLI (npx cdk).
set -euo pipefail

# Whether the session will last for a deploy into this account. `--online` would ask STS as well.
ready() {
  credlapse check --subject Deploy --account "$ACCOUNT" --min-remaining "${MIN_REMAINING:-30m}" >&2
}

# Runs a command; where the session has lapsed: after a login, once more.
run() {
  local subject=$1
  shift
  credlapse run --subject "$subject" --reauth="${REAUTH:-ask}" -- "$@"
}

# Deploys one stack. An update that was begun before a session lapsed goes on without us, and
# CloudFormation refuses another until it is done.
deploy() {
  local status=
  until [[ $status && $status != *_IN_PROGRESS || $status == REVIEW_IN_PROGRESS ]]; do
    [[ -z $status ]] || sleep "${PAUSE:-5}"
    status=$(aws cloudformation describe-stacks --stack-name "$1" \
      --query 'Stacks[0].StackStatus' --output text 2>/dev/null) || status=NONE
  done
  npx cdk deploy "$1" --exclusively --require-approval never
}

# Called by itself, below.
if [[ ${1-} == --one ]]; then
  deploy "$2"
  exit
fi

if (($# == 0)) || [[ -z ${ACCOUNT-} ]]; then
  echo 'usage: ACCOUNT=ID deploy.sh STACK...' >&2
  exit 2
fi

# Where a login is all that is missing, the first call of all meets that, so that no stack has to.
ready || { run Deploy aws sts get-caller-identity >&2 && ready; } || exit

for stack; do
  run "Deploy of $stack" "$BASH" "$0" --one "$stack"
done
