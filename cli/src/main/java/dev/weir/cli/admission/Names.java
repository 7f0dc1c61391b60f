package dev.weir.cli.admission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names, labels and their like may be; each answer is what is wrong, in Kubernetes' words. */
final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;

    private Names() {}

    /** Such as the name of a resource. */
    static List<String> subdomain(String text) {
        var wrong = new ArrayList<String>();
        checkLength(text, LONGEST_SUBDOMAIN, "", wrong);
        if (!matches(SUBDOMAIN, text)) {
            wrong.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                            + " characters, '-' or '.', and must start and end with an alphanumeric"
                            + " character (e.g. 'example.com', regex used for validation is '"
                            + SUBDOMAIN
                            + "')");
        }
        return wrong;
    }

    /** Such as the name of a namespace. */
    static List<String> label(String text) {
        var wrong = new ArrayList<String>();
        checkLength(text, LONGEST_LABEL, "", wrong);
        if (!matches(LABEL, text)) {
            wrong.add(
                    matches(SUBDOMAIN, text)
                            ? "must not contain dots"
                            : "a lowercase RFC 1123 label must consist of lower case alphanumeric"
                                    + " characters or '-', and must start and end with an"
                                    + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex"
                                    + " used for validation is '"
                                    + LABEL
                                    + "')");
        }
        return wrong;
    }

    /** Such as the key of a label: a name, after a domain and a slash perhaps. */
    static List<String> qualified(String text) {
        var parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of(
                    "a qualified name "
                            + qualifiedRule()
                            + " with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        var wrong = new ArrayList<String>();
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                subdomain(parts[0]).forEach(one -> wrong.add("prefix part " + one));
            }
        }
        var name = parts[parts.length - 1];
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        }
        checkLength(name, LONGEST_LABEL, "name part ", wrong);
        if (!matches(QUALIFIED, name)) {
            wrong.add("name part " + qualifiedRule());
        }
        return wrong;
    }

    private static String qualifiedRule() {
        return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
                + " regex used for validation is '"
                + QUALIFIED
                + "')";
    }

    static List<String> labelValue(String text) {
        var wrong = new ArrayList<String>();
        checkLength(text, LONGEST_LABEL, "", wrong);
        if (!matches(LABEL_VALUE, text)) {
            wrong.add(
                    "a valid label must be an empty string or consist of alphanumeric characters,"
                            + " '-', '_' or '.', and must start and end with an alphanumeric"
                            + " character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used"
                            + " for validation is '"
                            + LABEL_VALUE
                            + "')");
        }
        return wrong;
    }

    private static void checkLength(String text, int most, String part, List<String> wrong) {
        if (text.getBytes(StandardCharsets.UTF_8).length > most) {
            wrong.add(part + "must be no more than " + most + " characters");
        }
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.matches(pattern, text);
    }
}
