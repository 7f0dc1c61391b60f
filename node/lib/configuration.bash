# Keys, certificates and configuration files. Made once for each life of the node: `down` removes them.

configure() {
  if [ -e "$dir/owner" ]; then return; fi
  rm -rf "${logs:?}"/*
  certificates
  write_containerd
  write_apiserver
  write_kubelet
  write_proxy
  pause_image
  cat /proc/sys/kernel/random/boot_id >"$dir/owner"
}

# certificate NAME SUBJECT [SANS]
# RSA, as the Java client reads no other key from PKCS#8.
certificate() {
  openssl req -new -newkey rsa:2048 -nodes -subj "$2" \
    -keyout "$pki/$1.key" -out "$pki/$1.csr" 2>/dev/null
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 365 -out "$pki/$1.crt" \
    -extfile <(echo "keyUsage=critical,digitalSignature"; echo "extendedKeyUsage=serverAuth,clientAuth"
      [ $# -lt 3 ] || echo "subjectAltName=$3") 2>/dev/null
  rm "$pki/$1.csr"
}

certificates() {
  local localhost=IP:127.0.0.1,DNS:localhost
  chmod 700 "$pki"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=weir-node-ca -days 365 \
    -addext keyUsage=critical,keyCertSign,digitalSignature -keyout "$pki/ca.key" -out "$pki/ca.crt" 2>/dev/null
  openssl ecparam -genkey -name prime256v1 -noout -out "$pki/accounts.key"
  openssl ec -in "$pki/accounts.key" -pubout -out "$pki/accounts.pub" 2>/dev/null
  certificate etcd /CN=etcd "$localhost"
  certificate apiserver /CN=kube-apiserver "IP:$address,IP:$service_address,$localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
  certificate apiserver-client /O=system:masters/CN=kube-apiserver
  certificate kubelet-server "/O=system:nodes/CN=system:node:$node" "IP:$address,DNS:$node"
  kubeconfig kubelet "/O=system:nodes/CN=system:node:$node"
  kubeconfig kube-controller-manager /CN=system:kube-controller-manager
  kubeconfig kube-scheduler /CN=system:kube-scheduler
  kubeconfig kube-proxy /CN=system:kube-proxy
  kubeconfig admin /O=system:masters/CN=weir-admin
  mv "$conf/admin.kubeconfig" "$dir/kubeconfig"
}

# kubeconfig NAME SUBJECT
kubeconfig() {
  certificate "$1" "$2"
  cat >"$conf/$1.kubeconfig" <<END
apiVersion: v1
kind: Config
clusters:
  - name: weir
    cluster: {server: "https://$address:6443", certificate-authority-data: $(base64 -w 0 "$pki/ca.crt")}
users:
  - name: $1
    user: {client-certificate-data: $(base64 -w 0 "$pki/$1.crt"), client-key-data: $(base64 -w 0 "$pki/$1.key")}
contexts:
  - name: weir
    context: {cluster: weir, user: $1}
current-context: weir
END
  chmod 600 "$conf/$1.kubeconfig"
}

# An overlay cannot stand on an overlay, which is what a container's own file system is.
snapshotter() { if [ "$(stat -f -c %T "$dir")" = overlayfs ]; then echo native; else echo overlayfs; fi; }

write_containerd() {
  mkdir -p "$dir/cni" "$conf/cni"
  # restrict_oom_score_adj: without CAP_SYS_RESOURCE every sandbox fails otherwise.
  cat >"$conf/containerd.toml" <<END
version = 2
root = "$dir/containerd"
state = "$run/containerd"
[grpc]
  address = "$run/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "$dir/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "docker.io/weir/pause:1"
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "$(snapshotter)"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = "$run/runc"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$conf/cni"
END
  cat >"$conf/cni/10-weir.conflist" <<END
{"cniVersion": "1.0.0", "name": "weir-node", "plugins": [
  {"type": "bridge", "bridge": "$bridge", "isGateway": true, "hairpinMode": true, "ipam": {
    "type": "host-local", "dataDir": "$dir/cni", "routes": [{"dst": "0.0.0.0/0"}],
    "ranges": [[{"subnet": "$pods", "rangeStart": "${address%.*}.10", "gateway": "$address"}]]}}]}
END
}

write_apiserver() {
  cat >"$conf/audit.yaml" <<END
# Who wrote what: tests read it to show that an idle operator writes nothing.
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - level: Metadata
    verbs: [create, update, patch, delete, deletecollection]
  - level: None
END
}

write_kubelet() {
  cat >"$conf/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $address
healthzBindAddress: 127.0.0.1
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $pki/kubelet-server.crt
tlsPrivateKeyFile: $pki/kubelet-server.key
containerRuntimeEndpoint: unix://$run/containerd.sock
podLogsDir: $logs/pods
volumePluginDir: $dir/volume-plugins
cgroupDriver: cgroupfs
cgroupRoot: /$cgroup
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, nodefs.inodesFree: 1%, imagefs.available: 1%}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
resolvConf: ""
END
}

write_proxy() {
  cat >"$conf/kube-proxy.yaml" <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clusterCIDR: $pods
hostnameOverride: $node
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
clientConnection: {kubeconfig: $conf/kube-proxy.kubeconfig}
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
iptables: {localhostNodePorts: false, minSyncPeriod: 0.2s}
END
}

# The sandbox of every pod, from Debian's static busybox: no registry need be in reach.
pause_image() {
  local work=$dir/pause layer
  mkdir -p "$work/root/bin"
  cp "$(command -v busybox)" "$work/root/bin/busybox"
  ln -sf busybox "$work/root/bin/sh"
  tar -C "$work/root" --owner=0 --group=0 --numeric-owner --mtime=@1 --sort=name -cf "$work/layer.tar" .
  layer=$(sha256sum "$work/layer.tar" | cut -d ' ' -f 1)
  jq -n --arg layer "sha256:$layer" --arg arch "$(dpkg --print-architecture 2>/dev/null || echo amd64)" \
    '{architecture: $arch, os: "linux", config: {Env: ["PATH=/bin"], Cmd: ["/bin/busybox", "sleep", "2147483647"]},
      rootfs: {type: "layers", diff_ids: [$layer]}}' >"$work/config.json"
  echo '[{"Config": "config.json", "RepoTags": ["docker.io/weir/pause:1"], "Layers": ["layer.tar"]}]' >"$work/manifest.json"
  tar -C "$work" -cf "$dir/pause.tar" manifest.json config.json layer.tar
  rm -r "$work"
}
