# What the node takes of the machine (bridge, sysctls, firewall chains, cgroups, mounts), and how it is given back.

cgroup=weir-node

# Those that kubelet, kube-proxy and the bridge plugin change.
sysctls=(net/ipv4/ip_forward net/bridge/bridge-nf-call-iptables vm/overcommit_memory vm/panic_on_oom kernel/panic
  kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes)

network_up() {
  local key
  modprobe br_netfilter 2>/dev/null || true # built in, or absent: then only pod-to-pod by a service's address fails
  if [ ! -f "$dir/sysctls" ]; then
    for key in "${sysctls[@]}"; do
      [ ! -r "/proc/sys/$key" ] || echo "$key $(cat "/proc/sys/$key")"
    done >"$dir/sysctls"
  fi
  echo 1 >/proc/sys/net/ipv4/ip_forward
  [ ! -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
  [ -e "/sys/class/net/$bridge" ] && return
  ip link add "$bridge" type bridge
  ip link set "$bridge" alias "$dir"
  ip address add "$address/24" dev "$bridge"
  ip link set "$bridge" up
}

network_down() {
  local tables key value
  if [ -e "$dir/owner" ]; then
    for tables in iptables ip6tables; do remove_chains $tables; done
  fi
  if [ -e "/sys/class/net/$bridge" ] && [ "$(cat "/sys/class/net/$bridge/ifalias")" = "$dir" ]; then ip link delete "$bridge"; fi
  [ -f "$dir/sysctls" ] || return 0
  while read -r key value; do echo "$value" >"/proc/sys/$key" || true; done <"$dir/sysctls"
}

# Removes the KUBE-… chains that kubelet and kube-proxy made, and the rules that jump to them, a table at a time.
remove_chains() {
  local table rules
  for table in nat filter mangle; do
    rules=$("$1-save" -t "$table" 2>/dev/null) || continue
    grep -q '^:KUBE-' <<<"$rules" || continue
    {
      echo "*$table"
      sed -n -e 's/^-A \(.* -j KUBE-.*\)$/-D \1/p' <<<"$rules" | grep -v '^-D KUBE-' || true
      sed -n -e 's/^:\(KUBE-[^ ]*\) .*/-F \1/p' <<<"$rules"
      sed -n -e 's/^:\(KUBE-[^ ]*\) .*/-X \1/p' <<<"$rules"
      echo COMMIT
    } | "$1-restore" --noflush
  done
}

cgroup_v2() { [ -f /sys/fs/cgroup/cgroup.controllers ]; }

# Where the parts are members; all that they start is born there or below.
parts_cgroup() { if cgroup_v2; then echo "/sys/fs/cgroup/$cgroup/parts"; else echo "/sys/fs/cgroup/pids/$cgroup/parts"; fi; }

cgroup_roots() { if cgroup_v2; then echo /sys/fs/cgroup; else dirname /sys/fs/cgroup/*/cgroup.procs; fi; }

cgroups_up() {
  local hierarchy
  for hierarchy in $(cgroup_roots); do
    mkdir -p "$hierarchy/$cgroup"
    if [ -e "$hierarchy/cpuset.cpus" ]; then # v1: a new group has none, and takes no process then
      cat "$hierarchy/cpuset.cpus" >"$hierarchy/$cgroup/cpuset.cpus"
      cat "$hierarchy/cpuset.mems" >"$hierarchy/$cgroup/cpuset.mems"
    fi
  done
  if cgroup_v2; then
    echo '+cpu +cpuset +memory +pids +io' | tee /sys/fs/cgroup/cgroup.subtree_control >"/sys/fs/cgroup/$cgroup/cgroup.subtree_control"
  fi
  mkdir -p "$(parts_cgroup)"
}

cgroup_members() {
  local top
  top=$(dirname "$(parts_cgroup)")
  [ ! -d "$top" ] || find "$top" -name cgroup.procs -exec cat {} + 2>/dev/null || true
}

# Parts, shims and pods at once: nothing needs to end well, as all their state is removed.
kill_members() {
  local end=$((SECONDS + 20)) members
  while members=$(cgroup_members) && [ -n "$members" ]; do
    [ $SECONDS -lt $end ] || fail "these processes do not end: $(xargs <<<"$members")"
    xargs -r kill -KILL <<<"$members" 2>/dev/null || true
    sleep 0.1
  done
}

cgroups_down() {
  local hierarchy end=$((SECONDS + 10))
  for hierarchy in $(cgroup_roots); do
    [ -d "$hierarchy/$cgroup" ] || continue
    until find "$hierarchy/$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || [ ! -d "$hierarchy/$cgroup" ]; do
      [ $SECONDS -lt $end ] || fail "could not remove the cgroup $hierarchy/$cgroup"
      sleep 0.1
    done
  done
}

mounts_below() { cut -d ' ' -f 5 /proc/self/mountinfo | grep "^$dir/" | sort -r || true; }

# Folders whose place is fixed in the code of Kubernetes and containerd; those that `up` found absent are removed again.
fixed_folders=(/var/lib/kubelet /var/lib/cni /var/log/containers /run/containerd)

note_absent_folders() {
  local folder
  [ -f "$dir/absent" ] && return
  for folder in "${fixed_folders[@]}"; do [ -e "$folder" ] || echo "$folder"; done >"$dir/absent"
}

# What pods left outside of the node's own folder: sockets of killed shims (each bundle names its own), cached CNI results.
pod_leftovers_down() {
  local bundle
  for bundle in "$run"/containerd/io.containerd.runtime.v2.task/k8s.io/*; do
    [ -d "$bundle" ] || continue
    [ ! -f "$bundle/address" ] || rm -f "$(sed 's|^unix://||' "$bundle/address")"
    rm -f /var/lib/cni/results/*-"${bundle##*/}"-*
  done
  [ ! -d /var/log/containers ] || find /var/log/containers -lname "$logs/*" -delete
}

files_down() {
  local path
  pod_leftovers_down
  for path in $(mounts_below); do umount -l "$path"; done
  [ -z "$(mounts_below)" ] || fail "could not unmount $(mounts_below)"
  [ ! -e "$dir/owner" ] || rm -f /var/lib/kubelet/device-plugins/kubelet.sock
  if [ -f "$dir/absent" ]; then
    while read -r path; do [ ! -d "$path" ] || find "$path" -depth -type d -empty -delete; done <"$dir/absent"
  fi
  find "$dir" -mindepth 1 -maxdepth 1 ! -name logs ! -name lock -exec rm -rf --one-file-system {} +
}
