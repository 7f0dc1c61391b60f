package dev.weir.operator.plan;

import dev.weir.operator.plan.SavepointScene.Job;
import dev.weir.protocol.Command;

/** Commands about savepoints, whose ids derive from what they do, as those of {@link Commands}. */
final class SavepointCommands {

    private SavepointCommands() {}

    static Command.TakeSavepoint take(WantedSavepoint wanted, Job job, PodView pod, long term) {
        return new Command.TakeSavepoint(
                id("take-savepoint", job, pod, wanted.uid(), Long.toString(term)),
                job.uid(),
                pod.uid(),
                term,
                wanted.uid(),
                wanted.format());
    }

    static Command.EraseSavepoint erase(WantedSavepoint wanted, Job job, PodView pod, long term) {
        return new Command.EraseSavepoint(
                eraseId(wanted, job, pod), job.uid(), pod.uid(), term, wanted.uid());
    }

    /** The same at every term: files that are gone are gone. */
    static String eraseId(WantedSavepoint wanted, Job job, PodView pod) {
        return id("erase-savepoint", job, pod, wanted.uid(), "");
    }

    private static String id(String what, Job job, PodView pod, String uid, String more) {
        return Names.digest(what, job.uid(), pod.uid(), uid, more).substring(0, 32);
    }
}
