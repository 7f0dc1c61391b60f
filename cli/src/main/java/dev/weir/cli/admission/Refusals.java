package dev.weir.cli.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts violations into the sentences that kubectl prints. */
final class Refusals {

    private Refusals() {}

    static Admission unrecognised(String problem) {
        return new Admission.Refused(List.of(Violation.unrecognised(problem)), problem);
    }

    static Admission undecodable(ResourceKind kind, String problem) {
        return new Admission.Refused(
                List.of(Violation.undecodable("", problem)), unhandled(kind) + problem);
    }

    static Admission unknown(ResourceKind kind, List<String> repeatedKeys, List<String> fields) {
        var violations = new ArrayList<Violation>();
        if (!repeatedKeys.isEmpty()) {
            violations.add(
                    Violation.undecodable(
                            "",
                            repeatedKeys.stream()
                                    .collect(
                                            Collectors.joining(
                                                    "\n  ", "yaml: unmarshal errors:\n  ", ""))));
        }
        fields.forEach(
                field ->
                        violations.add(
                                Violation.undecodable(field, "unknown field \"" + field + "\"")));
        return new Admission.Refused(
                violations,
                violations.stream()
                        .map(Violation::message)
                        .collect(
                                Collectors.joining(
                                        ", ", unhandled(kind) + "strict decoding error: ", "")));
    }

    private static String unhandled(ResourceKind kind) {
        return "%1$s in version \"%2$s\" cannot be handled as a %1$s: "
                .formatted(kind.kind(), kind.version());
    }

    static Admission invalid(ResourceKind kind, String name, List<Violation> violations) {
        var title = "The %s %s is invalid:".formatted(kind.kind(), GoText.quote(name));
        return new Admission.Refused(
                violations,
                violations.size() == 1
                        ? title + " " + violations.getFirst()
                        : violations.stream()
                                .map(violation -> "\n* " + violation)
                                .collect(Collectors.joining("", title, "")));
    }
}
