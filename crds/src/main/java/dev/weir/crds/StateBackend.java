package dev.weir.crds;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The engine's state backends that a job can choose from. */
public enum StateBackend {
    @JsonProperty("HashMap")
    HASH_MAP,
    @JsonProperty("RocksDB")
    ROCKS_DB
}
