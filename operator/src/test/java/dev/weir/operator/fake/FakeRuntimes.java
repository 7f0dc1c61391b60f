package dev.weir.operator.fake;

import dev.weir.ledger.Seen;
import dev.weir.operator.runtime.RuntimeGateway;
import dev.weir.operator.runtime.RuntimePod;
import dev.weir.operator.wake.JobKey;
import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.Receipt.Outcome;
import dev.weir.protocol.RuntimeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pods that say what a test has them say, and take every command that it does not refuse. */
public final class FakeRuntimes implements RuntimeGateway {

    private final Map<String, Seen<RuntimeView>> views = new HashMap<>();
    private final Deque<Seen<Receipt>> answers = new ArrayDeque<>();
    private final List<Command> sent = new ArrayList<>();
    private final Set<String> listenedTo = new HashSet<>();

    public void say(RuntimeView view) {
        views.put(view.podUid(), Seen.present(view));
    }

    public void silent(String podUid) {
        views.put(podUid, Seen.unreachable("silent for 5 s"));
    }

    /** The next command is answered so. */
    public void answer(Outcome outcome, String detail) {
        answers.add(Seen.present(new Receipt("", outcome, detail)));
    }

    /** Nothing is heard of the next command. */
    public void lose() {
        answers.add(Seen.unreachable("timed out"));
    }

    public List<Command> sent() {
        return List.copyOf(sent);
    }

    public Set<String> listenedTo() {
        return Set.copyOf(listenedTo);
    }

    @Override
    public Seen<RuntimeView> look(RuntimePod pod) {
        listenedTo.add(pod.uid());
        return views.getOrDefault(pod.uid(), Seen.absent());
    }

    @Override
    public void keepOnly(JobKey job, Set<String> podUids) {
        listenedTo.retainAll(podUids);
    }

    @Override
    public Seen<Receipt> send(RuntimePod pod, Command command) {
        sent.add(command);
        return answers.isEmpty()
                ? Seen.present(new Receipt(command.id(), Outcome.ACCEPTED, ""))
                : answers.poll();
    }
}
