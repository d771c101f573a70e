#!/bin/sh
# Compares the speed of camtui with ONNX Runtime and pytorch-grad-cam on this machine.
#
# usage: run.sh [--environment FOLDER] [options of compare.py]
#
# FOLDER (default: REPOSITORY/.build/peers) receives a virtual environment with requirements.txt, and the random-weight
# models of make_models.py under models/ (about 1.4 GB with the weights that PyTorch reads). Both are made once.
# Builds the release binaries first, except with --peer-only. Close other programs: a busy core halves every figure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
folder=$repository/.build/peers
if [ "${1:-}" = --environment ]; then
  [ $# -ge 2 ] || { echo "$0: --environment needs a folder" >&2; exit 64; }
  folder=$2
  shift 2
fi

python=$folder/bin/python
stamp=$folder/.requirements
if ! cmp -s "$here/requirements.txt" "$stamp"; then
  [ -x "$python" ] || python3 -m venv "$folder"
  "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
  # torchvision's wheel is built for CUDA: beside a CPU build of torch its import stops at operators that only the CUDA
  # build registers (torchvision::nms). The networks need none of them.
  if ! "$python" -c "import torchvision" 2>/dev/null; then
    : >"$("$python" -c "import sysconfig; print(sysconfig.get_path('purelib'))")/torchvision/_meta_registrations.py"
    "$python" -c "import torchvision"
  fi
  cp "$here/requirements.txt" "$stamp"
fi
"$python" "$here/make_models.py" "$folder/models"

case " $* " in
*" --peer-only "*) ;;
*) (cd "$repository" && swift build -c release --product camtui && swift build -c release --product camtui-benchmark) >&2 ;;
esac
exec "$python" "$here/compare.py" --models "$folder/models" "$@"
