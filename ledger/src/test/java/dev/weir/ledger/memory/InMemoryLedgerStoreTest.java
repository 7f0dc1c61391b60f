package dev.weir.ledger.memory;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.LedgerStoreContract;

final class InMemoryLedgerStoreTest implements LedgerStoreContract {

    private final InMemoryLedgerStore store = new InMemoryLedgerStore();

    @Override
    public JobStore store() {
        return store;
    }

    @Override
    public String writeMetadata(String checkpoint, int size) {
        var location = "s3://bucket/" + checkpoint;
        store.putMetadata(location, size);
        return location;
    }
}
