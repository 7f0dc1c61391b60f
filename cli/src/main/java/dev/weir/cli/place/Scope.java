package dev.weir.cli.place;

import dev.weir.operator.wake.JobKey;

/** Which jobs of a place are meant. */
public sealed interface Scope {

    /** One job, whether or not it is there. */
    record One(JobKey key) implements Scope {}

    record Namespace(String name) implements Scope {}

    record Everywhere() implements Scope {}
}
