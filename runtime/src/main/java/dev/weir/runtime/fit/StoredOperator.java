package dev.weir.runtime.fit;

/**
 * One operator of a restore point, as its metadata tells it.
 *
 * @param id 32 hex digits
 * @param name for people
 * @param hasState of any kind and in any subtask; the engine refuses a program that lacks it
 * @param maxParallelism in how many parts its keyed state is kept
 */
public record StoredOperator(String id, String name, boolean hasState, int maxParallelism) {}
