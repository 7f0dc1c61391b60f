package dev.weir.tidy;

/**
 * A breach of a rule.
 *
 * @param file relative to the repository
 * @param line the first one that is wrong
 * @param remedy what is wrong and what to do
 */
record Finding(String file, long line, String remedy) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + remedy;
    }
}
