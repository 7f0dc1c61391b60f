package dev.weir.crds;

/**
 * The one closed vocabulary for why something is as it is: conditions, events, metrics and logs use
 * these words and no others. A constant's text is complete by itself; what is particular to a case
 * comes after it.
 */
public enum Reason {
    // The way to a running job.
    CLAIMING_RESOURCE("ResourceAccepted", "The job was accepted", ""),
    CREATING_PROGRAM("CreatingProgram", "The revision's program is being written for the pod", ""),
    CREATING_POD("CreatingPod", "A runtime pod is being created", ""),
    POD_STARTING("PodStarting", "The runtime pod is starting", ""),
    PREPARING("Preparing", "The runtime pod boots and compiles the program", ""),
    ACTIVATING("Activating", "The held pod is told to run the job", ""),
    STARTING("Starting", "The job is started; not all of its tasks run yet", ""),
    RUNNING("Running", "All tasks run", ""),
    COMPLETED("Completed", "The program came to its own end", ""),

    // Changes and stops.
    UPGRADING("Upgrading", "The running revision makes room for the one of the spec", ""),
    AWAITING_CHECKPOINT(
            "AwaitingFirstCheckpoint",
            "The new revision runs; the pod of the one before it is kept until the first"
                    + " checkpoint",
            ""),
    ROLLING_BACK(
            "RollingBack",
            "The spec's revision failed before its first checkpoint; the one before it is put back",
            "see the cause that is named; the spec is tried again once it has changed"),
    REVISION_REJECTED(
            "RevisionRejected",
            "The spec's revision failed before its first checkpoint, so the one before it runs in"
                    + " its place",
            "mend the cause that is named and change the spec, or apply the spec of the revision"
                    + " that runs"),
    STOPPING("StoppingWithSavepoint", "The job is being stopped with a savepoint", ""),
    FINISHING_COMMIT(
            "FinishingCommit",
            "A stop was cut short after its savepoint; the job is started once more so that its"
                    + " sinks commit",
            ""),
    SUSPENDED("Suspended", "The job is stopped on request, and no pod is left", ""),
    SUSPENDED_WITHOUT_SAVEPOINT(
            "SuspendedWithoutSavepoint",
            "The job kept failing or could not be asked, so it was suspended without a savepoint",
            "set spec.suspend to false to go on from its newest checkpoint"),
    REMOVING_POD("RemovingPod", "A pod that is no longer needed is being removed", ""),
    REMOVING_PROGRAM("RemovingProgram", "A program that no pod uses is being removed", ""),

    // Failures that mend themselves.
    REPLACING_POD("ReplacingPod", "The runtime pod failed and is being replaced", ""),
    RECOVERING("Recovering", "The job failed and is brought back from its newest checkpoint", ""),
    JOB_KEEPS_FAILING(
            "JobKeepsFailing",
            "The job fails again and again, each time soon after it was brought back",
            "mend the cause that is named, or correct the spec; the job goes on from its newest"
                    + " checkpoint"),
    RUNTIME_UNREACHABLE(
            "RuntimeUnreachable",
            "The runtime pod does not answer; nothing is concluded from that",
            "check the pod, its node, and network policies between operator and pod on port 8480"),
    LEDGER_UNREACHABLE(
            "LedgerUnreachable",
            "The job's ledger can't be read at the moment",
            "check that the pod reaches the store of spec.storage and may read and write there"),

    // What needs a person.
    SPEC_INVALID("SpecInvalid", "The spec can't be run", "correct the fields that are named"),
    PROGRAM_INVALID(
            "ProgramInvalid",
            "The program does not compile",
            "correct spec.program and apply it again"),
    PROGRAM_REFUSED(
            "ProgramRefused",
            "The program uses what Weir refuses",
            "change spec.program as the message says"),
    CONFIGURATION_INVALID(
            "ConfigurationInvalid",
            "The settings don't hold together",
            "change the fields that are named"),
    STORE_DENIED(
            "StoreDenied",
            "The store refuses the job",
            "check spec.storage.uri and that the credentials of spec.storage.credentialsSecret may"
                    + " read and write there"),
    STORE_UNREACHABLE(
            "StoreUnreachable",
            "The store does not answer",
            "check spec.storage.endpoint and the network between the pod and the store"),
    STORE_UNSOUND(
            "StoreUnsound",
            "The store lets two writers create one object, so it can't decide who runs",
            "use a store that honours If-None-Match: * on PUT"),
    TOPIC_MISSING(
            "TopicMissing",
            "A Kafka topic of the program does not exist",
            "create the topic that is named; the job goes on by itself then"),
    KAFKA_UNREACHABLE(
            "KafkaUnreachable",
            "The program's Kafka can't be reached",
            "check that the brokers run and can be reached from the pod; the job goes on by itself"
                    + " then"),
    LEDGER_MISSING(
            "LedgerMissing",
            "The job has run before, yet its ledger is empty; a fresh start would lose its state",
            "restore the bucket, or delete the StreamJob and create it anew to start from nothing"),
    LEDGER_FOREIGN(
            "LedgerForeign",
            "The ledger in the storage belongs to another StreamJob that was not deleted",
            "delete that StreamJob first, or give this one another name or spec.storage.uri"),
    RESTORE_POINT_UNREADABLE(
            "RestorePointUnreadable",
            "The state to go on from can't be read, and an older one is never taken in its place",
            "restore the files that are named, then delete the runtime pod"),
    ACTIVATION_REFUSED(
            "ActivationRefused",
            "The ledger did not allow the start",
            "see the message of the pod"),
    POD_UNSCHEDULABLE(
            "PodUnschedulable",
            "No node has room for the runtime pod",
            "lower spec.resources or add a node"),
    IMAGE_UNAVAILABLE(
            "ImageUnavailable",
            "The runtime image can't be pulled",
            "correct spec.image, or make it available to the node"),
    POD_MISCONFIGURED(
            "PodMisconfigured",
            "The runtime pod can't be started as it is described",
            "create the Secret or ConfigMap that is named; the pod starts by itself then"),
    POD_CRASHING(
            "PodCrashing",
            "The runtime pod ends soon after each start, and is started again after growing pauses",
            "see the log of its container, by kubectl logs --previous; if it ran out of memory, raise spec.resources.memory"),
    NAMESPACE_ENDING(
            "NamespaceEnding",
            "The namespace is being deleted, so nothing can be made in it",
            "apply the job to another namespace"),
    JOB_FAILED(
            "JobFailed",
            "The job failed more often than spec.restart allows",
            "mend the cause and change the spec, or suspend and resume the job"),

    // What the job could come back from.
    RESTORE_POINT_PRESENT("RestorePointPresent", "The ledger holds a checkpoint or savepoint", ""),
    RESTORE_POINT_NONE("NoRestorePoint", "The job has not completed a checkpoint yet", ""),
    RESTORE_POINT_UNKNOWN("RestorePointUnknown", "No pod has read the ledger yet", ""),

    // Deletion.
    DELETING("Deleting", "The job is being brought to its end", ""),
    READING_LEDGER("ReadingLedger", "A pod without an engine reads the ledger", ""),
    CLOSING_LEDGER("ClosingLedger", "The ledger is being closed", ""),
    ERASING_STATE("ErasingState", "Checkpoints and savepoints are being deleted", ""),
    DELETED("Deleted", "The job has come to its end", ""),
    DELETION_INCOMPLETE(
            "DeletionIncomplete",
            "The job's ledger could not be closed in time, so its files were left as they are",
            "delete the job's prefix in the bucket by hand once nothing runs from it"),

    // Savepoints on request.
    JOB_MISSING(
            "JobMissing",
            "There is no StreamJob of this name in the namespace",
            "create the StreamJob that spec.job names, or delete the Savepoint"),
    JOB_UNREADABLE("JobUnreadable", "The API server does not tell of the StreamJob", ""),
    WAITING_FOR_JOB("WaitingForJob", "The savepoint is taken as soon as the job runs", ""),
    WAITING_FOR_SAVEPOINT("WaitingForSavepoint", "Another savepoint of the job is taken first", ""),
    TAKING_SAVEPOINT("TakingSavepoint", "The job is told to take the savepoint", ""),
    SAVEPOINT_IN_PROGRESS("SavepointInProgress", "The savepoint is being taken", ""),
    SAVEPOINT_COMPLETED("SavepointCompleted", "The savepoint is complete", ""),
    SAVEPOINT_FAILED(
            "SavepointFailed",
            "The savepoint could not be taken; the job runs on",
            "mend the cause and create another Savepoint"),
    SAVEPOINT_OVERDUE(
            "SavepointOverdue",
            "The savepoint was not begun by its deadline, so it is no longer waited for",
            "let the job run, then create another Savepoint"),
    PROTECTING_FILES(
            "ProtectingFiles", "A finalizer sees to it that the files are deleted first", ""),
    RELEASING_FILES("ReleasingFiles", "The files are kept, so the finalizer goes", ""),
    ERASING_SAVEPOINT("ErasingSavepoint", "The savepoint's files are being deleted", ""),
    SAVEPOINT_ERASED("SavepointErased", "The savepoint's files are gone", ""),
    SAVEPOINT_IN_USE(
            "SavepointInUse",
            "The job's state comes from this savepoint, so its files stay until it has another",
            "wait for the job's next checkpoint"),
    ERASURE_WAITS(
            "ErasureWaits",
            "The savepoint's files are deleted by a pod of the job, and none answers",
            "let the job run, or set spec.deletionPolicy to Retain to keep the files"),
    SAVEPOINT_FILES_LEFT(
            "SavepointFilesLeft",
            "The savepoint's job is gone, so its files were left as they are",
            "delete them by hand");

    private final String word;
    private final String message;
    private final String remedy;

    Reason(String word, String message, String remedy) {
        this.word = word;
        this.message = message;
        this.remedy = remedy;
    }

    /** As it stands in conditions, events and metrics: one word in CamelCase. */
    public String word() {
        return word;
    }

    /** What is the case, as one sentence without its full stop. */
    public String message() {
        return message;
    }

    /** What helps, empty where nobody needs to do anything. */
    public String remedy() {
        return remedy;
    }

    /** Message, the case's own detail, and remedy, for people. */
    public String text(String detail) {
        return text(detail, remedy);
    }

    /** The same with a remedy of the case's own, which is closer than that of the reason. */
    public String text(String detail, String closer) {
        var text = detail.isBlank() ? message : message + ": " + withoutStop(detail);
        return closer.isBlank() ? text + "." : text + ". Remedy: " + closer + ".";
    }

    private static String withoutStop(String detail) {
        return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
    }
}
