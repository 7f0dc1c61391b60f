package dev.weir.sandbox.exact;

/**
 * One row of the job's output: the input record it was made of, and what the job's keyed state said
 * then.
 *
 * @param count the job's own count of the key's records so far, this one included
 * @param hash the job's {@link RunningHash} of the key so far, this one included
 */
public record OutputRecord(long key, long sequence, long value, long count, long hash) {}
