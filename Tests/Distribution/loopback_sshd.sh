# Sourced: starts an sshd on this machine for the current user, on a high port, with keys and settings in "$folder", a
# temporary folder of the caller, and sets port. Needs openssh-server and openssh-client. The caller ends it:
#   kill "$(cat "$folder/pid")"
port=$((20000 + RANDOM % 20000))
ssh-keygen -q -t ed25519 -N "" -f "$folder/host"
ssh-keygen -q -t ed25519 -N "" -f "$folder/user"
cat >"$folder/sshd_config" <<CONFIG
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
PidFile $folder/pid
AuthorizedKeysFile $folder/user.pub
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
CONFIG
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
$(command -v /usr/sbin/sshd || command -v sshd) -f "$folder/sshd_config" -E "$folder/sshd.log"
