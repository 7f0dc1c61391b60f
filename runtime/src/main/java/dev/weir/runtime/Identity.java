package dev.weir.runtime;

import dev.weir.protocol.JobDescription;

/**
 * Who this process is in the ledger.
 *
 * @param boot the writer's nonce: new at each start of the JVM, so that a record is known as this
 *     process's own (rule 1)
 */
public record Identity(String podUid, String boot, JobDescription job) {}
