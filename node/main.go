// Command weir-node is a whole Kubernetes node in one binary: it runs the part that it is called by (a symbolic link's
// name), or the part named by its first argument.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"
)

// parts maps a part's name to what starts it; each takes the arguments after the name and ends the process.
var parts = map[string]func(arguments []string){
	"etcd":                    func(arguments []string) { etcdmain.Main(append([]string{"etcd"}, arguments...)) },
	"kube-apiserver":          command(apiserver.NewAPIServerCommand),
	"kube-controller-manager": command(controllermanager.NewControllerManagerCommand),
	"kube-scheduler":          command(func() *cobra.Command { return scheduler.NewSchedulerCommand() }),
	"kube-proxy":              command(proxy.NewProxyCommand),
	"kubelet":                 command(func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) }),
	"kubectl":                 runKubectl,
}

func main() {
	name, arguments := filepath.Base(os.Args[0]), os.Args[1:]
	if parts[name] == nil && len(arguments) > 0 {
		name, arguments = arguments[0], arguments[1:]
	}
	start := parts[name]
	if start == nil {
		fmt.Fprintf(os.Stderr, "weir-node: no part named %q; the parts are %s\n", name, strings.Join(names(), ", "))
		os.Exit(2)
	}
	start(arguments)
}

// command adapts a part's cobra command, which is only built when its part is started: building one registers flags.
func command(build func() *cobra.Command) func([]string) {
	return func(arguments []string) {
		part := build()
		part.SetArgs(arguments)
		os.Exit(cli.Run(part))
	}
}

func runKubectl(arguments []string) {
	// kubectl reads os.Args itself to find plugins.
	os.Args = append([]string{"kubectl"}, arguments...)
	if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}

func names() []string {
	list := make([]string, 0, len(parts))
	for name := range parts {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}
