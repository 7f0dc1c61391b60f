package dev.weir.cli.verb;

import java.util.List;

/** How a command ends, by its exit code. */
public enum Ending {
    OK(0, "what was asked for is so"),
    FAILED(1, "refused, or failed"),
    USAGE(2, "the command line makes no sense, or means no place"),
    BLOCKED(3, "the job needs a person, or time is up"),
    UNREACHABLE(4, "the cluster or the local world gives no answer");

    private final int code;
    private final String meaning;

    Ending(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    /** The first that is not OK. */
    static Ending first(List<Ending> endings) {
        return endings.stream().filter(ending -> ending != OK).findFirst().orElse(OK);
    }
}
