#!/bin/bash
# An evaluation in shards by GNU parallel over a real ssh to this machine: is its report that of one process?
#
# usage: Tests/Distribution/parallel_ssh.sh CAMTUI SHARDS DATASET [OPTION ...]
#
# OPTIONs are those of `camtui evaluate`, paths absolute. Needs parallel, openssh-server and openssh-client. Starts an
# sshd of its own for the current user on a high port, with keys and settings in a temporary folder, and ends it.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '4,7p' "$0" >&2; exit 64; }
camtui=$(realpath "$1") shards=$2 data=$(realpath "$3")
shift 3
here=$(dirname "$(realpath "$0")") folder=$(mktemp -d)
trap 'kill "$(cat "$folder/pid")" 2>/dev/null || true; rm -rf "$folder"' EXIT

. "$here/loopback_sshd.sh"
login="ssh -p $port -i $folder/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
parallel --sshlogin "2/$login 127.0.0.1" "$camtui" evaluate "$data" --shard "{}/$shards" \
  --results "$folder/p{}.sqlite" --threads 1 "$@" ::: $(seq "$shards") >"$folder/jobs.txt"
"$here/same_report.sh" "$camtui" "$folder" "$data" "$@"
