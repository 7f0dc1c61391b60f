package dev.weir.cli.verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stands before every verb, and the help that lists them. */
@Command(
        name = "weir",
        synopsisSubcommandLabel = "VERB",
        description =
                "Runs streaming jobs, on a Kubernetes cluster or in a local world on this machine.",
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nWhich place a verb is about:%n",
        footer = {
            "  --local and --cluster say it; --context and --kubeconfig mean a cluster. Else WEIR_PLACE does",
            "  (local or cluster). Else 'kubectl weir' means the cluster. Else it is the local world where",
            "  there is one, and otherwise the cluster of KUBECONFIG or ~/.kube/config.",
            "",
            "Examples:",
            "  weir init sql -o counts.yaml && weir apply -f counts.yaml --wait",
            "  weir get -A",
            "  weir help apply"
        },
        exitCodeListHeading = "%nExit codes:%n")
public final class Root {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Say what this does.")
    private boolean help;
}
