#!/bin/bash
# A session of camtui over a real ssh to this machine: does it work there, and how many bytes is it?
#
# usage: Tests/Benchmarks/ssh_session.sh CAMTUI PHOTO OUTPUT_FOLDER [RATE [CASES]]
#
# CASES is a regular expression for the names of the cases to run, all by default.
#
# Needs openssh-server, openssh-client, tmux, and for RATE (bytes a second from the server, such as
# 200k) socat and pv. Starts an sshd of its own for the current user on a high port, with keys and
# settings in a temporary folder, and ends it. For each case it opens the photo at 160 x 50, changes
# the opacity twenty times and quits. Printed: bytes received as ssh counts them. In OUTPUT_FOLDER:
# the last screen of each case with its colours (NAME.txt, as of `tmux capture-pane -e`).
set -eu
camtui=$(realpath "$1") photo=$(realpath "$2") output=$(realpath "$3") rate=${4:-} cases=${5:-.}
folder=$(mktemp -d)
client="tmux -u -L camtui-client-$$ -f /dev/null" server="tmux -u -T RGB -L camtui-server-$$ -f /dev/null"
trap '$client kill-server 2>/dev/null || true; $server kill-server 2>/dev/null || true
  kill "$(cat "$folder/pid")" 2>/dev/null || true; rm -rf "$folder"' EXIT

. "$(dirname "$0")/../Distribution/loopback_sshd.sh"

link=()
[ -z "$rate" ] || link=(-o "ProxyCommand=sh -c 'socat - TCP:127.0.0.1:$port | pv -qB 4096 -L $rate'")

# session NAME SSH_OPTION REMOTE_COMMAND: one case.
session() {
  local name=$1 option=$2 remote=$3
  [[ $name =~ $cases ]] || return 0
  local log="$folder/$name.log"
  local command=(env TERM=xterm-256color ssh -tt -v -E "$log" -p "$port" -i "$folder/user" $option
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "${link[@]}" 127.0.0.1 "$remote")
  $client new-session -d -s "$name" -x 160 -y 50 "$(printf '%q ' "${command[@]}")"
  wait_for "$name" '▀'
  sleep 2
  for _ in $(seq 10); do
    for key in ']' '['; do
      $client send-keys -t "$name" "$key"
      sleep 0.1
    done
  done
  sleep 2
  $client capture-pane -e -p -t "$name" >"$output/$name.txt"
  $client send-keys -t "$name" q
  for _ in $(seq 300); do
    grep -q '^Transferred' "$log" && break
    sleep 0.1
  done
  printf '%-26s' "$name"
  sed -n 's/^Transferred: sent \([0-9]*\), received \([0-9]*\) bytes, in \([0-9.]*\).*/\2 bytes in \3 s/p
    s/.*compress incoming: raw data \([0-9]*\), compressed \([0-9]*\),.*/  compressed from \1 to \2/p' "$log" |
    tr -d '\r' | paste -sd ' '
}

wait_for() {
  for _ in $(seq 300); do
    $client capture-pane -p -t "$1" | grep -q "$2" && return
    sleep 0.1
  done
  echo "$1: '$2' did not appear" >&2
  exit 1
}

run="$camtui $(printf '%q' "$photo")"
for option in "" "-C"; do
  session "truecolor$option" "$option" "$run --color truecolor --bandwidth high"
  session "truecolor-low$option" "$option" "$run --color truecolor --bandwidth low"
  session "truecolor-auto$option" "$option" "$run --color truecolor"
  session "256$option" "$option" "$run"
  session "inside-tmux$option" "$option" "$server new-session $(printf '%q' "$run")"
done
