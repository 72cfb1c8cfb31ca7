#!/usr/bin/env bash
# What action.yml runs: audits the texts, writes SARIF, annotations and the job's summary, and exits as auditor does.
#
# Reads INPUT_PATHS, INPUT_CHANGED_ONLY, INPUT_FAIL_ON and INPUT_SARIF, and of what the runner sets GITHUB_BASE_REF
# (the branch that a pull request is to go into), GITHUB_OUTPUT and, through auditor, GITHUB_STEP_SUMMARY.
set -euo pipefail

# Paths are split as a shell splits them, and nothing in them is carried out.
paths=()
while IFS= read -r -d '' path; do paths+=("$path"); done < <(
  python -c 'import shlex, sys; sys.stdout.write("".join(f"{p}\0" for p in shlex.split(sys.argv[1])))' "${INPUT_PATHS:-.}"
)
sarif=${INPUT_SARIF:-auditor.sarif}
arguments=(--format github --report "sarif=$sarif")
if [[ -n ${INPUT_FAIL_ON:-} ]]; then arguments+=(--fail-on "$INPUT_FAIL_ON"); fi

if [[ ${INPUT_CHANGED_ONLY:-true} == true && -n ${GITHUB_BASE_REF:-} ]]; then
  # The checkout is usually shallow: without the base there is nothing to compare with.
  git fetch --quiet --no-tags --depth=1 origin "$GITHUB_BASE_REF"
  arguments+=(--changed-since FETCH_HEAD)
fi

status=0
auditor check "${arguments[@]}" -- "${paths[@]}" || status=$?
if [[ -n ${GITHUB_OUTPUT:-} && -f $sarif ]]; then echo "sarif=$sarif" >>"$GITHUB_OUTPUT"; fi
exit "$status"
