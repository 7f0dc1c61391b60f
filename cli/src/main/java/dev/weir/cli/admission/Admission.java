package dev.weir.cli.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the {@link Doorkeeper} made of a manifest. */
public sealed interface Admission {

    /**
     * It may be stored.
     *
     * @param resource as it is to be stored: defaulted, with its generation, and after an update
     *     with the metadata and the status of the stored one
     */
    record Admitted(ObjectNode resource) implements Admission {}

    /**
     * It may not be stored, and nothing is to change.
     *
     * @param violations all of them, at least one, each said once
     * @param text for people: what kubectl prints of the API server's refusal, without its prefix
     */
    record Refused(List<Violation> violations, String text) implements Admission {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
