package dev.weir.local.verb;

import picocli.CommandLine.Command;

/** Shows on this machine what Weir is for. */
@Command(
        name = "demo",
        description = "Shows what Weir is for, on a job of its own in the local world.",
        footerHeading = "%nExamples:%n",
        footer = {"  weir demo kill", "  weir demo kill --times 3"})
public final class Demo {}
