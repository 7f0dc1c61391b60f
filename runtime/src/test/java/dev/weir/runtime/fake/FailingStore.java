package dev.weir.runtime.fake;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.Seen;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store in memory that stops answering when it is told to: after a number of calls, for a number
 * of calls. A call that is not answered has done half of its work or all of it, as a store's may.
 */
public final class FailingStore implements JobStore {

    private final InMemoryLedgerStore objects;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int from = Integer.MAX_VALUE;
    private volatile int until = Integer.MAX_VALUE;

    public FailingStore(InMemoryLedgerStore objects) {
        this.objects = objects;
    }

    /** Answers {@code good} calls from now on, then fails {@code bad}, then answers again. */
    public void failAfter(int good, int bad) {
        from = calls.get() + good;
        until = bad > Integer.MAX_VALUE - from ? Integer.MAX_VALUE : from + bad;
    }

    public int calls() {
        return calls.get();
    }

    private boolean fails() {
        int call = calls.getAndIncrement();
        return call >= from && call < until;
    }

    @Override
    public Creation create(String key, String content) {
        Creation made = objects.create(key, content);
        return fails() ? new Creation.Undecided("no answer") : made;
    }

    @Override
    public Seen<String> read(String key) {
        return fails() ? Seen.unreachable("no answer") : objects.read(key);
    }

    @Override
    public Seen<List<String>> list(String prefix, int limit) {
        return fails() ? Seen.unreachable("no answer") : objects.list(prefix, limit);
    }

    @Override
    public Seen<List<String>> listAfter(String prefix, String after) {
        return fails() ? Seen.unreachable("no answer") : objects.listAfter(prefix, after);
    }

    @Override
    public Seen<Long> metadataSize(String location) {
        return fails() ? Seen.unreachable("no answer") : objects.metadataSize(location);
    }

    @Override
    public Deletion delete(String key) {
        return deleteAll(List.of(key));
    }

    @Override
    public Deletion deleteAll(List<String> keys) {
        boolean fails = fails();
        objects.deleteAll(fails ? keys.subList(0, keys.size() / 2) : keys);
        return fails ? new Deletion.Undecided("no answer") : new Deletion.Deleted();
    }

    /** All keys, in order, whatever the store is told to answer. */
    public List<String> keys() {
        var keys = new ArrayList<String>();
        String after = "";
        List<String> page;
        do {
            page = ((Seen.Present<List<String>>) objects.listAfter("", after)).value();
            keys.addAll(page);
            after = page.isEmpty() ? after : page.getLast();
        } while (!page.isEmpty());
        return keys;
    }
}
