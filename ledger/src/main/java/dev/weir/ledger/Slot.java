package dev.weir.ledger;

/** A place in the ledger. Terms count from 1, slots of a term from 0 (the claim). */
public record Slot(long term, long number) {

    public Slot {
        if (term < 1 || number < 0) {
            throw new IllegalArgumentException("no such slot: term " + term + ", number " + number);
        }
    }

    /**
     * The object's key, under the job's root; zero-padded to 19 digits so that keys sort as numbers
     * do.
     */
    public String key() {
        return prefix(term) + "%019d.json".formatted(number);
    }

    public Slot next() {
        return new Slot(term, number + 1);
    }

    /** What the keys of all slots of {@code term} begin with. */
    public static String prefix(long term) {
        return "ledger/%019d/".formatted(term);
    }
}
