#!/bin/bash
# Builds camtui and runs its tests on a clean Debian: a chroot made by debootstrap from this machine's own package
# source, with this machine's Swift bound into it and the packages that the README names installed.
#
# usage: debian.sh 12|13 [--keep] [COMMAND]
#
# COMMAND (default: the README's first command up to opening the sample, which needs a terminal; then `explain` on the
# same sample; then the tests) runs in a clean clone of HEAD. Needs root, debootstrap and about 6 GB in .build. The chroot
# is made once and used again; --keep leaves the clone with what was built there for the next run.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
case ${1:-} in
12) suite=bookworm ;;
13) suite=trixie ;;
*)
  sed -n 's/^# usage: /usage: /p' "$0" >&2
  exit 64
  ;;
esac
release=$1
shift
keep=
[ "${1:-}" = --keep ] && { keep=1 && shift; }
root=$repository/.build/debian-$release

toolchain=$(dirname "$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")")
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
  grep -v '^ *#' | grep -o 'https\?://[^ ]*/debian/\?\( \|$\)' | head -1 || true)

if [ ! -e "$root/.complete" ]; then
  rm -rf "$root"
  debootstrap --variant=minbase "$suite" "$root" "${mirror:-http://deb.debian.org/debian}"
  touch "$root/.complete"
fi

# Runs a command in the chroot, in a mount namespace of its own: nothing stays mounted, whatever happens.
inside() {
  unshare -m bash -euc '
    root=$1 toolchain=$2 repository=$3 command=$4
    show() { mkdir -p "$root$1"; mount --bind "$1" "$root$1"; }
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    show "$toolchain"
    [ -d "$repository/../shared" ] && { mkdir -p "$root/camtui/shared"; mount --bind "$repository/../shared" "$root/camtui/shared"; }
    # Local copies of packages that the settings of git name in place of addresses.
    git config --get-regexp "^url\..*\.insteadof" | sed "s/^url\.\(.*\)\.insteadof .*/\1/" | sort -u |
      while read -r place; do [ -d "$place" ] && show "$place"; done
    for settings in /etc/gitconfig /root/.gitconfig; do
      [ -e "$settings" ] && cp "$settings" "$root$settings"
    done
    cp /etc/resolv.conf "$root/etc/resolv.conf" || true
    exec chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-xterm-256color}" \
      PATH="$toolchain/usr/bin:/usr/local/bin:/usr/bin:/usr/sbin:/bin" bash -euc "$command"
  ' _ "$root" "$toolchain" "$repository" "$1"
}

# What Swift itself needs of a system, then what the README's first command installs.
packages=$(sed -n 's/.*apt-get install -y \([^&]*\)&&.*/\1/p' "$repository/README.md" | head -1)
inside "export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends binutils ca-certificates g++ git libc6-dev libcurl4 libedit2 \
    libncurses6 libsqlite3-0 libxml2 python3 python3-pip tzdata zlib1g-dev >/dev/null
  apt-get install -y -qq --no-install-recommends $packages >/dev/null"

mkdir -p "$root/camtui"
[ -n "$keep" ] || rm -rf "$root/camtui/main"
if [ -d "$root/camtui/main" ]; then
  git -C "$root/camtui/main" fetch -q "$repository" HEAD
  git -C "$root/camtui/main" checkout -q --detach FETCH_HEAD
else
  git clone -q "$repository" "$root/camtui/main"
fi

tests=$(sed -n '/^<!-- test -->$/,/^<!-- \/test -->$/p' "$repository/README.md" | grep -v -e '^<!--' -e '^```')
command=${1:-"swift build -c release --product camtui
  .build/release/camtui explain Samples/coast-road.jpg
  $tests"}
inside "cd /camtui/main && $command"
