package dev.weir.ledger.fake;

import dev.weir.ledger.JobStore;
import dev.weir.ledger.Seen;
import dev.weir.ledger.memory.InMemoryLedgerStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A store that keeps its word but where the script says otherwise: call by call, for one key. What
 * is not in the script is answered as the store in memory answers it.
 */
public final class ScriptedStore implements JobStore {

    /** What a store is asked. */
    public enum Op {
        CREATE,
        READ,
        METADATA
    }

    /** How one call goes wrong. */
    public enum Fault {
        /** The request never arrived: nothing was done, and nobody said so. */
        TIMEOUT_BEFORE,
        /** The request was carried out, and its answer was lost. */
        TIMEOUT_AFTER,
        /** The store answered 5xx, and did nothing. */
        SERVER_ERROR,
        /** The store answered 412, though there is nothing. */
        EXISTS_THOUGH_ABSENT,
        /** Two creators win: what was there is replaced, and both are told that they made it. */
        BOTH_WIN,
        /** The request is on its way; it arrives when {@link #land} is called. */
        LATE
    }

    private record Call(Op op, String key) {}

    private record Write(String key, String content) {}

    private final InMemoryLedgerStore objects;
    private final Map<Call, Deque<Fault>> script = new HashMap<>();
    private final Map<Call, Runnable> meanwhile = new HashMap<>();
    private final List<Write> late = new ArrayList<>();
    private final List<String> created = new ArrayList<>();
    private UnaryOperator<List<String>> lists = UnaryOperator.identity();

    public ScriptedStore(InMemoryLedgerStore objects) {
        this.objects = objects;
    }

    /** The next calls of this kind for this key go wrong in this way, one after the other. */
    public void script(Op op, String key, Fault... faults) {
        script.computeIfAbsent(new Call(op, key), _ -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Once, right before the next such call is answered. */
    public void meanwhile(Op op, String key, Runnable happens) {
        meanwhile.put(new Call(op, key), happens);
    }

    /** What lists answer is seen through {@code view} from now on. */
    public void lists(UnaryOperator<List<String>> view) {
        lists = view;
    }

    /** Requests that were on their way arrive. */
    public void land() {
        late.forEach(write -> objects.create(write.key(), write.content()));
        late.clear();
    }

    /** The key of every create that was asked for, in order. */
    public List<String> created() {
        return List.copyOf(created);
    }

    private Deque<Fault> faults(Op op, String key) {
        var call = new Call(op, key);
        var happens = meanwhile.remove(call);
        if (happens != null) {
            happens.run();
        }
        return script.getOrDefault(call, new ArrayDeque<>());
    }

    @Override
    public Creation create(String key, String content) {
        created.add(key);
        var faults = faults(Op.CREATE, key);
        if (faults.isEmpty()) {
            return objects.create(key, content);
        }
        return switch (faults.poll()) {
            case TIMEOUT_BEFORE -> new Creation.Undecided("timed out");
            case TIMEOUT_AFTER -> {
                objects.create(key, content);
                yield new Creation.Undecided("timed out");
            }
            case SERVER_ERROR -> new Creation.Undecided("503");
            case EXISTS_THOUGH_ABSENT -> new Creation.Exists();
            case BOTH_WIN -> {
                objects.delete(key);
                yield objects.create(key, content);
            }
            case LATE -> {
                late.add(new Write(key, content));
                yield new Creation.Undecided("timed out");
            }
        };
    }

    @Override
    public Seen<String> read(String key) {
        var faults = faults(Op.READ, key);
        return faults.isEmpty()
                ? objects.read(key)
                : Seen.unreachable("no answer: " + faults.poll());
    }

    @Override
    public Seen<Long> metadataSize(String location) {
        var faults = faults(Op.METADATA, location);
        return faults.isEmpty()
                ? objects.metadataSize(location)
                : Seen.unreachable("no answer: " + faults.poll());
    }

    @Override
    public Seen<List<String>> list(String prefix, int limit) {
        return objects.list(prefix, limit).flatMap(keys -> Seen.present(lists.apply(keys)));
    }

    @Override
    public Seen<List<String>> listAfter(String prefix, String after) {
        return objects.listAfter(prefix, after);
    }

    @Override
    public Deletion delete(String key) {
        return objects.delete(key);
    }

    @Override
    public Deletion deleteAll(List<String> keys) {
        return objects.deleteAll(keys);
    }
}
