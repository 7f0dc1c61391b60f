package dev.weir.simulation;

import dev.weir.protocol.Command;
import dev.weir.protocol.Receipt;
import dev.weir.protocol.RuntimeView;

/** What runs in a pod's container, from its start to its end; the next start is another one. */
interface PodProcess {

    void begin();

    Life life();

    RuntimeView view();

    /** Takes a command on, or answers what became of it. */
    Receipt receive(Command command);

    /** The job fails by itself, if one runs. */
    void failJob();

    /** Whether it may be made to stand still now. */
    boolean mayFreeze();
}
