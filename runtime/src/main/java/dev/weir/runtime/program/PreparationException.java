package dev.weir.runtime.program;

import dev.weir.protocol.Problem;
import dev.weir.protocol.Problem.Kind;
import java.util.Optional;

/** Ends the preparation of a program; carries what its author is told. */
public final class PreparationException extends Exception {

    private final transient Problem problem;

    PreparationException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    static PreparationException at(Kind kind, String message, int line, int column, String remedy) {
        return new PreparationException(
                new Problem(kind, message, remedy, Optional.of(line), Optional.of(column)), null);
    }

    static PreparationException at(
            Kind kind, String message, SqlStatement statement, String remedy) {
        return at(kind, message, statement.line(), statement.column(), remedy);
    }

    public static PreparationException of(Kind kind, String message, String remedy) {
        return new PreparationException(Problem.of(kind, message, remedy), null);
    }

    public Problem problem() {
        return problem;
    }
}
