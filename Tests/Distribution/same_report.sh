#!/bin/bash
# Joins the results of shards, does the same work in one process, and compares the reports.
#
# usage: same_report.sh CAMTUI FOLDER DATASET [OPTION ...]; the shards are FOLDER/p*.sqlite
set -euo pipefail
camtui=$1 folder=$2 data=$3
shift 3
"$camtui" merge "$folder"/p*.sqlite --results "$folder/joined.sqlite" >/dev/null
"$camtui" evaluate "$data" --results "$folder/one.sqlite" --threads 1 "$@" >/dev/null
for name in joined one; do
  "$camtui" report "$folder/$name.sqlite" --report json --report-file "$folder/$name.json"
done
if diff "$folder/joined.json" "$folder/one.json"; then
  echo "the same report: $(ls "$folder"/p*.sqlite | wc -l) shards and one process"
else
  echo "the reports differ" >&2
  exit 1
fi
