package dev.weir.ledger.memory;

import dev.weir.ledger.LedgerStore;
import dev.weir.ledger.LedgerStoreContract;

final class InMemoryLedgerStoreTest implements LedgerStoreContract {

    private final InMemoryLedgerStore store = new InMemoryLedgerStore();

    @Override
    public LedgerStore store() {
        return store;
    }

    @Override
    public String writeMetadata(String checkpoint, int size) {
        var location = "s3://bucket/" + checkpoint;
        store.putMetadata(location, size);
        return location;
    }
}
