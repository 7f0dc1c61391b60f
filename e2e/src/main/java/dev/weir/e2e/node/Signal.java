package dev.weir.e2e.node;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Signals to processes of this machine, by {@code kill(2)} itself: starting a program that does it
 * takes longer than the windows that the tests aim at.
 */
public enum Signal {
    KILL(9),
    TERM(15),
    CONT(18),
    STOP(19);

    private static final Linker LINKER = Linker.nativeLinker();

    // The modules of tests are unnamed; access to native code is granted to them on the command
    // line.
    @SuppressWarnings("restricted")
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().find("kill").orElseThrow(),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** Returns whether there was such a process, and it was ours to signal. */
    public boolean send(long pid) {
        if (pid < 2) {
            throw new IllegalArgumentException(
                    "pid " + pid + " stands for many processes, or for the first one");
        }
        try {
            return (int) CALL.invokeExact(Math.toIntExact(pid), number) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) could not be called", e);
        }
    }
}
