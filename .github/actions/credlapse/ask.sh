#!/usr/bin/env bash
# Annotates what credlapse finds, and hands the JSON object and the status on.
set -uo pipefail

asked=("--exit-table=$EXIT_TABLE")
if [ -n "$PROFILE" ]; then asked+=("--profile=$PROFILE"); fi
if [ -n "$LOG" ]; then
  ask() { credlapse explain "${asked[@]}" --format "$1" -- "$LOG"; }
else
  if [ -n "$ACCOUNT" ]; then asked+=("--account=$ACCOUNT"); fi
  if [ -n "$REGION" ]; then asked+=("--region=$REGION"); fi
  if [ -n "$MIN_REMAINING" ]; then asked+=("--min-remaining=$MIN_REMAINING"); fi
  if [ "$ONLINE" = true ]; then asked+=(--online); fi
  ask() { credlapse check "${asked[@]}" --format "$1"; }
fi

# One object on one line: no text in it can begin an output of its own.
json=$(ask json 2> /dev/null)
ask github
status=$?
{
  printf 'exit-code=%s\n' "$status"
  printf 'json=%s\n' "$json"
} >> "$GITHUB_OUTPUT"
if [ "$FAIL" = true ]; then exit "$status"; fi
