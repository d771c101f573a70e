#!/bin/bash
# An evaluation in shards by a Slurm job array on this machine: is its report that of one process?
#
# usage: Tests/Distribution/slurm_array.sh CAMTUI SHARDS DATASET [OPTION ...]
#
# OPTIONs are those of `camtui evaluate`, paths absolute. Needs slurm-wlm and root. Starts munge, a controller and one
# node of its own, with settings in a temporary folder and nothing of an installed cluster, and ends them.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '4,7p' "$0" >&2; exit 64; }
camtui=$(realpath "$1") shards=$2 data=$(realpath "$3")
shift 3
here=$(dirname "$(realpath "$0")") folder=$(mktemp -d) host=$(hostname -s)
port=$((20000 + RANDOM % 20000))
trap 'kill $(jobs -p) 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir -p "$folder/state" "$folder/spool" "$folder/munge"

head -c 1024 /dev/urandom >"$folder/munge/key"
chmod 400 "$folder/munge/key"
munged --foreground --force --key-file "$folder/munge/key" --socket "$folder/munge/socket" \
  --pid-file "$folder/munge/pid" --log-file "$folder/munge/log" --seed-file "$folder/munge/seed" 2>/dev/null &
cat >"$folder/slurm.conf" <<CONFIG
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONFIG
export SLURM_CONF=$folder/slurm.conf
slurmctld -D -f "$SLURM_CONF" >"$folder/slurmctld.log" 2>&1 &
slurmd -D -f "$SLURM_CONF" -N "$host" >"$folder/slurmd.log" 2>&1 &
for _ in $(seq 100); do
  sinfo -h -o %T 2>/dev/null | grep -q idle && break
  sleep 0.3
done
sinfo || { tail -5 "$folder"/*.log >&2; exit 1; }

# What follows is what a user of a cluster writes.
printf -v options ' %q' "$@"
cat >"$folder/job.sh" <<JOB
#!/bin/bash
camtui=$camtui
\$camtui evaluate $data --shard \$SLURM_ARRAY_TASK_ID/$shards \\
  --results $folder/p\$SLURM_ARRAY_TASK_ID.sqlite --threads \$SLURM_CPUS_PER_TASK $options
JOB
sbatch --wait --array "1-$shards" --cpus-per-task 1 --output "$folder/job-%a.txt" "$folder/job.sh" ||
  { tail -5 "$folder"/job-*.txt >&2; exit 1; }
"$here/same_report.sh" "$camtui" "$folder" "$data" "$@"
