# Runs the verbs of the command line; ./weir sources this, and has root, find_jdk and build.

jvm=(--sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Dslf4j.internal.verbosity=ERROR)

# archive CLASSPATH: keeps the classes parsed that a verb needs, by a run that asks a cluster that is not there.
archive() {
  local kubeconfig=$root/.weir/cli-training.json
  cat >"$kubeconfig" <<'END'
{"apiVersion": "v1", "kind": "Config", "current-context": "none", "contexts": [{"name": "none", "context": {"cluster": "none"}}],
 "clusters": [{"name": "none", "cluster": {"server": "https://127.0.0.1:1"}}]}
END
  "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:ArchiveClassesAtExit="$root/.weir/cli.jsa" -cp "$1" dev.weir.cli.Weir \
    get --kubeconfig "$kubeconfig" >/dev/null 2>&1 || true
}

# cli ARGUMENT…: a short life, so little of it is compiled. A JVM can't tell which of its streams is a terminal.
cli() {
  local terminals='' fd jar classpath
  for fd in 1 2; do [ ! -t $fd ] || terminals+=$fd; done
  find_jdk
  build cli cli runtime
  jar=$(echo "$root"/cli/target/cli-*SNAPSHOT.jar)
  classpath=$jar:$(cat "$root/cli/target/classpath.txt")
  [ "$root/.weir/cli.jsa" -nt "$jar" ] || archive "$classpath"
  exec "$JAVA_HOME/bin/java" "${jvm[@]}" -XX:SharedArchiveFile="$root/.weir/cli.jsa" -Dweir.terminals="$terminals" -Dweir.root="$root" \
    -cp "$classpath" dev.weir.cli.Weir "$@"
}
