package dev.weir.cli.show;

/** A little colour where a person looks, and none elsewhere: then texts stay as they are. */
public enum Paint {
    COLOURED,
    PLAIN;

    private static final String OFF = "\u001b[0m";

    /** What is as it should be. */
    public String good(String text) {
        return paint("\u001b[32m", text);
    }

    /** What needs a person. */
    public String bad(String text) {
        return paint("\u001b[31m", text);
    }

    /** What stands out from what is around it. */
    public String strong(String text) {
        return paint("\u001b[1m", text);
    }

    private String paint(String on, String text) {
        return switch (this) {
            case COLOURED -> on + text + OFF;
            case PLAIN -> text;
        };
    }
}
