package dev.weir.cli.admission;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URI as Go's {@code url.ParseRequestURI} takes it, which is what rules mean by a URL. It is
 * laxer than Java's parsers (a path may hold spaces, a host may be missing) and stricter (user
 * information), so neither of them tells what the API server will say.
 *
 * <ol>
 *   <li>No control character stands anywhere.
 *   <li>It has a scheme, or begins with a slash.
 *   <li>What has a scheme and goes on without a slash is opaque: nothing more is asked of it.
 *   <li>What follows {@code //} up to the next slash is user information, host and port; escapes
 *       stand in a host only for what is beyond ASCII.
 *   <li>Escapes in the path are whole; the query is free.
 * </ol>
 *
 * @param scheme in lower case; empty for a path
 */
record RequestUri(String scheme) {

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern SCHEME =
            Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<rest>.*)");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern USER =
            Pattern.compile("(?:[A-Za-z0-9._:~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})*");
    private static final Pattern HOST =
            Pattern.compile(
                    "(?:[A-Za-z0-9_.~!$&'()*+,;=:<>\"-]|[^\\x00-\\x7f]|%25"
                            + "|%[89A-Fa-f][0-9A-Fa-f])*");
    private static final Pattern PORT = Pattern.compile("(?::[0-9]*)?");

    static Optional<RequestUri> parse(String text) {
        if (text.isEmpty() || CONTROL.matcher(text).find()) {
            return Optional.empty();
        }
        var parts = SCHEME.matcher(text);
        if (!parts.matches()) {
            return Optional.of(new RequestUri(""))
                    .filter(_ -> text.equals("*") || text.startsWith("/") && isPath(text));
        }
        var rest = parts.group("rest");
        return Optional.of(new RequestUri(parts.group("scheme").toLowerCase(Locale.ROOT)))
                .filter(_ -> !rest.startsWith("/") || isHierarchy(rest));
    }

    private static boolean isHierarchy(String rest) {
        if (!rest.startsWith("//")) {
            return isPath(rest);
        }
        var beforeQuery = rest.substring("//".length()).split("\\?", 2)[0];
        var slash = beforeQuery.indexOf('/');
        var authority = slash < 0 ? beforeQuery : beforeQuery.substring(0, slash);
        return isAuthority(authority) && (slash < 0 || isPath(beforeQuery.substring(slash)));
    }

    private static boolean isPath(String path) {
        return !BAD_ESCAPE.matcher(path.split("\\?", 2)[0]).find();
    }

    private static boolean isAuthority(String authority) {
        var at = authority.lastIndexOf('@');
        var host = authority.substring(at + 1);
        return (at < 0 || USER.matcher(authority.substring(0, at)).matches())
                && (host.startsWith("[") ? isLiteral(host) : isName(host));
    }

    private static boolean isName(String host) {
        var colon = host.lastIndexOf(':');
        return HOST.matcher(host).matches()
                && (colon < 0 || PORT.matcher(host.substring(colon)).matches());
    }

    /** An address of IPv6 in brackets, with a zone perhaps. */
    private static boolean isLiteral(String host) {
        var end = host.lastIndexOf(']');
        if (end < 0 || !PORT.matcher(host.substring(end + 1)).matches()) {
            return false;
        }
        var address = host.substring(1, end).split("%25", 2)[0];
        try {
            Inet6Address.ofLiteral(address);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
