# The parts: how each is started, when it is ready, how it ends.

ctr_() { ctr -a "$run/containerd.sock" -n k8s.io "$@"; }
kubectl_() { KUBECONFIG=$dir/kubeconfig KUBECACHEDIR=$dir/kubectl-cache "$bin/kubectl" "$@"; }
probe() { curl -fsSk -o /dev/null --max-time 2 "$1" 2>/dev/null; }

pid_of() { if [ -f "$run/$1.pid" ]; then cat "$run/$1.pid"; else echo -; fi; }

# A pid may be another process's by now; membership of the node's cgroup tells.
alive() { [ -f "$run/$1.pid" ] && grep -qx "$(cat "$run/$1.pid")" "$(parts_cgroup)/cgroup.procs" 2>/dev/null; }

# launch PART COMMAND…: in a session and a cgroup of its own, so that it outlives this script and `down` finds all of it.
launch() {
  local part=$1
  shift
  (
    echo "$BASHPID" >"$(parts_cgroup)/cgroup.procs"
    exec setsid "$@" </dev/null >>"$logs/$part.log" 2>&1 9>&-
  ) &
  echo $! >"$run/$part.pid"
  # `alive` tells nothing before the new process has joined the cgroup.
  until alive "$part" || ! kill -0 $! 2>/dev/null; do sleep 0.01; done
  disown
}

start() {
  case $1 in
    etcd)
      launch etcd "$bin/etcd" --data-dir="$dir/etcd" --unsafe-no-fsync --log-level=warn \
        --listen-client-urls=https://127.0.0.1:12379 --advertise-client-urls=https://127.0.0.1:12379 \
        --listen-peer-urls=https://127.0.0.1:12380 --initial-advertise-peer-urls=https://127.0.0.1:12380 \
        --initial-cluster=default=https://127.0.0.1:12380 --listen-metrics-urls=http://127.0.0.1:12381 \
        --client-cert-auth --trusted-ca-file="$pki/ca.crt" --cert-file="$pki/etcd.crt" --key-file="$pki/etcd.key" \
        --peer-client-cert-auth --peer-trusted-ca-file="$pki/ca.crt" --peer-cert-file="$pki/etcd.crt" --peer-key-file="$pki/etcd.key" ;;
    containerd) launch containerd containerd --config "$conf/containerd.toml" ;;
    kube-apiserver)
      launch kube-apiserver "$bin/kube-apiserver" --bind-address="$address" --advertise-address="$address" --secure-port=6443 \
        --etcd-servers=https://127.0.0.1:12379 --etcd-cafile="$pki/ca.crt" --etcd-certfile="$pki/apiserver-client.crt" \
        --etcd-keyfile="$pki/apiserver-client.key" --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/apiserver.crt" \
        --tls-private-key-file="$pki/apiserver.key" --kubelet-certificate-authority="$pki/ca.crt" \
        --kubelet-client-certificate="$pki/apiserver-client.crt" --kubelet-client-key="$pki/apiserver-client.key" \
        --kubelet-preferred-address-types=InternalIP --service-account-issuer=https://kubernetes.default.svc \
        --service-account-key-file="$pki/accounts.pub" --service-account-signing-key-file="$pki/accounts.key" \
        --service-cluster-ip-range="$services" --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
        --allow-privileged --audit-policy-file="$conf/audit.yaml" --audit-log-path="$logs/audit.log" \
        --audit-log-maxsize=2000 --profiling=false ;;
    kube-controller-manager)
      launch kube-controller-manager "$bin/kube-controller-manager" --kubeconfig="$conf/kube-controller-manager.kubeconfig" \
        --bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials --root-ca-file="$pki/ca.crt" \
        --service-account-private-key-file="$pki/accounts.key" --flex-volume-plugin-dir="$dir/volume-plugins" --profiling=false ;;
    kube-scheduler)
      launch kube-scheduler "$bin/kube-scheduler" --kubeconfig="$conf/kube-scheduler.kubeconfig" --bind-address=127.0.0.1 \
        --leader-elect=false --profiling=false ;;
    kube-proxy) launch kube-proxy "$bin/kube-proxy" --config="$conf/kube-proxy.yaml" ;;
    kubelet)
      launch kubelet "$bin/kubelet" --config="$conf/kubelet.yaml" --kubeconfig="$conf/kubelet.kubeconfig" \
        --root-dir="$dir/kubelet" --cert-dir="$pki" --hostname-override="$node" --node-ip="$address" ;;
  esac
}

ready() {
  case $1 in
    etcd) probe http://127.0.0.1:12381/health ;;
    containerd) ctr_ version >/dev/null 2>&1 ;;
    kube-apiserver) kubectl_ get --raw /readyz >/dev/null 2>&1 ;;
    kube-controller-manager) probe https://127.0.0.1:10257/healthz ;;
    kube-scheduler) probe https://127.0.0.1:10259/healthz ;;
    kube-proxy) probe http://127.0.0.1:10256/healthz ;;
    kubelet) probe http://127.0.0.1:10248/healthz && node_is_ready ;;
  esac
}

node_is_ready() {
  [ "$(kubectl_ get node "$node" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null)" = True ]
}

# await PART SECONDS WHAT COMMAND…
await() {
  local part=$1 bound=$2 what=$3 end=$((SECONDS + $2))
  shift 3
  until "$@"; do
    alive "$part" || give_up "$part" "$part ended instead of: $what"
    [ $SECONDS -lt $end ] || give_up "$part" "$part: not after $bound s: $what"
    sleep 0.1
  done
}

give_up() {
  tail -n 15 "$logs/$1.log" >&2 || true
  fail "$2 (above, the end of $logs/$1.log; './weir node down' removes what runs)"
}

start_missing() {
  local part
  for part in "$@"; do alive "$part" || start "$part"; done
}

start_parts() {
  start_missing etcd containerd
  await etcd 30 "answers its health check" ready etcd
  start_missing kube-apiserver
  await containerd 30 "answers" ready containerd
  if [ -z "$(ctr_ images ls -q 'name==docker.io/weir/pause:1')" ]; then
    ctr_ images import --snapshotter "$(snapshotter)" "$dir/pause.tar" >/dev/null || fail "containerd could not import the pause image"
  fi
  await kube-apiserver 60 "answers /readyz" ready kube-apiserver
  start_missing kube-controller-manager kube-scheduler kube-proxy kubelet
  local part
  for part in kube-controller-manager kube-scheduler kube-proxy; do await "$part" 60 "answers /healthz" ready "$part"; done
  await kubelet 60 "the node is Ready" ready kubelet
  await kube-controller-manager 30 "made the service account 'default'" service_account_exists
}

service_account_exists() { kubectl_ get serviceaccount default -o name >/dev/null 2>&1; }
