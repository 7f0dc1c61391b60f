package dev.weir.sandbox.exact;

/**
 * One record of the input: the {@code sequence}-th of its key, counted from one, with a value that
 * follows from both.
 */
public record InputRecord(long key, long sequence, long value) {}
