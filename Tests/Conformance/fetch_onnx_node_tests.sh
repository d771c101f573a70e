#!/bin/sh
# Fetches the ONNX project's operator tests (Apache-2.0) from its wheel on PyPI into a cache folder.
#
# usage: fetch_onnx_node_tests.sh [FOLDER]        FOLDER: default REPOSITORY/.build/onnx-node-tests
#
# Afterwards FOLDER holds one folder a case (CASE/model.onnx, CASE/test_data_set_N/*.pb). A folder
# that is already complete is left alone. Fails with one sentence when nothing can be fetched.
set -eu

version=1.19.1
repository=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$repository/.build/onnx-node-tests}
stamp=$folder/.onnx-$version

[ -e "$stamp" ] && exit 0

parent=$(dirname "$folder")
mkdir -p "$parent"
work=$(mktemp -d "$parent/.onnx-node-tests.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# The data files do not depend on the platform: any wheel of this version serves.
if ! python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --platform manylinux2014_x86_64 --platform manylinux_2_17_x86_64 --python-version 311 \
  --dest "$work" "onnx==$version" >"$work/log" 2>&1; then
  echo "$0: could not download onnx==$version from PyPI: $(tail -n 1 "$work/log")" >&2
  exit 1
fi

if ! python3 - "$work" <<'PYTHON'; then
import pathlib, sys, zipfile

work = pathlib.Path(sys.argv[1])
prefix = "onnx/backend/test/data/node/"
with zipfile.ZipFile(next(work.glob("onnx-*.whl"))) as wheel:
    members = [m for m in wheel.namelist() if m.startswith(prefix) and not m.endswith("/")]
    for member in members:
        target = work / "node" / member[len(prefix):]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wheel.read(member))
sys.exit(0 if members else 1)
PYTHON
  echo "$0: the wheel of onnx $version holds no node tests" >&2
  exit 1
fi

touch "$work/node/.onnx-$version"
rm -rf "$folder"
mv "$work/node" "$folder"
