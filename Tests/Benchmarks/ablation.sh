#!/bin/bash
# Measures the settings of Increment-CAM against the methods it is compared with, for the table of the article
# on the method: every setting changed by itself from the default, and the phases alone.
#
# usage: ablation.sh OUT DATASET [OPTION ...]
#
# Runs `camtui evaluate DATASET OPTION ...`, e.g. --model FILE.onnx --classes voc_to_imagenet.json, and keeps
# OUT.sqlite (a run that was ended goes on where it was), OUT.txt, OUT.csv and OUT.tex. CAMTUI names the
# program (.build/release/camtui), STEP the pixels of a step of insertion and deletion (8 rows of 224).
set -euo pipefail
[ $# -ge 2 ] || { sed -n '5,7p' "$0" >&2; exit 64; }
out=$1 data=$2
shift 2
camtui=${CAMTUI:-.build/release/camtui}
i=increment-cam

methods=(
  grad-cam grad-cam-plus-plus layer-cam score-cam score-cam-probability
  $i                                             # the default: image, probability, 0.25, weights, min-max
  $i:map=phase2
  $i:score=increase $i:score=channel-softmax
  $i:channels=0.1 $i:channels=0.5 $i:channels=all
  $i:merge=sum $i:merge=geometric-mean $i:merge=product
  $i:regularize=mean-shift
  $i:scoring-input=activation
  $i:score=increase:merge=sum
)
# A smaller scoring size needs a network without a head of fixed size: SIZES="112 160".
for size in ${SIZES:-}; do methods+=("$i:scoring-size=$size"); done

# Without seconds, so that settings that mask the same inputs share their passes.
metrics=pixel-average-precision,pointing-game,insertion,deletion,insertion-minus-deletion
metrics+=,best-box-iou,max-box-acc-v2,energy-pointing-game,average-drop,passes

time "$camtui" evaluate "$data" --target labelled --results "$out.sqlite" --report-file "$out.txt" \
  --methods "$(IFS=,; echo "${methods[*]}")" --metrics "$metrics" --step "${STEP:-1792}" "$@"
for form in csv latex; do
  "$camtui" report "$out.sqlite" --report "$form" --report-file "$out.${form/latex/tex}"
done
cat "$out.txt"
