package dev.weir.runtime.program;

import dev.weir.protocol.OwnedFlinkKeys;
import dev.weir.protocol.Problem.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.BeginStatementSetOperation;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.EndStatementSetOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.NopOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ReplaceTableAsOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.UseOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.AlterOperation;
import org.apache.flink.table.operations.ddl.CreateOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.DropOperation;

/**
 * Compiles a SQL script to one graph, without running it. All {@code INSERT}s of a script, in a
 * statement set or not, are one job.
 */
public final class SqlProgram {

    /** An {@code INSERT} and the statement it stands in, for messages. */
    record Insert(ModifyOperation operation, SqlStatement statement) {}

    /**
     * What a script compiles to.
     *
     * @param kafka the tables in Kafka that it reads or writes
     */
    record Compiled(StreamGraph graph, List<KafkaTable> kafka) {}

    private final GraphCapture capture = new GraphCapture();
    private final TableEnvironmentInternal tables;
    private final Optional<Duration> interval;
    private final Set<KafkaTable> kafka = new LinkedHashSet<>();
    private final List<Insert> inserts = new ArrayList<>();
    private final CreatedTables created = new CreatedTables();

    private SqlProgram(Configuration settings) {
        interval = settings.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        var effective = new Configuration(settings);
        effective.set(DeploymentOptions.TARGET, GraphCapture.TARGET);
        effective.set(DeploymentOptions.ATTACHED, false);
        var environment =
                new StreamExecutionEnvironment(
                        capture, effective, SqlProgram.class.getClassLoader());
        tables =
                (TableEnvironmentInternal)
                        StreamTableEnvironment.create(
                                environment,
                                EnvironmentSettings.newInstance().inStreamingMode().build());
    }

    /**
     * Compiles a script.
     *
     * @param settings the engine's and the job's settings, parallelism included
     */
    static Compiled compile(String script, String jobName, Configuration settings)
            throws PreparationException {
        List<SqlStatement> statements = SqlScript.split(script);
        var program = new SqlProgram(settings);
        for (SqlStatement statement : statements) {
            program.take(statement);
        }
        StreamGraph graph = program.plan(jobName);
        return new Compiled(graph, List.copyOf(program.kafka));
    }

    private void take(SqlStatement statement) throws PreparationException {
        for (Operation operation : parse(statement)) {
            take(statement, operation);
        }
    }

    private List<Operation> parse(SqlStatement statement) throws PreparationException {
        try {
            return tables.getParser().parse(statement.text());
        } catch (RuntimeException e) {
            throw Diagnosis.of(e, statement, created);
        }
    }

    /**
     * Flink's operations are an open family: what is not known to be harmless in a script is
     * refused.
     */
    private void take(SqlStatement statement, Operation operation) throws PreparationException {
        switch (operation) {
            case CreateTableASOperation _, ReplaceTableAsOperation _ ->
                    throw notAllowed(
                            statement,
                            "CREATE TABLE AS",
                            "write CREATE TABLE and INSERT INTO instead");
            case StatementSetOperation set ->
                    set.getOperations().forEach(insert -> add(statement, insert));
            case ModifyOperation insert -> add(statement, insert);
            case SetOperation set -> set(statement, set);
            case BeginStatementSetOperation _, EndStatementSetOperation _, NopOperation _ -> {}
            case CreateOperation _, DropOperation _, AlterOperation _, UseOperation _ ->
                    define(statement, operation);
            case Operation other ->
                    throw notAllowed(
                            statement,
                            statement.verb(),
                            "keep only SET, CREATE, DROP, ALTER, USE and INSERT in a job's script");
        }
    }

    private void add(SqlStatement statement, Operation insert) {
        inserts.add(new Insert((ModifyOperation) insert, statement));
    }

    private void set(SqlStatement statement, SetOperation set) throws PreparationException {
        if (set.getKey().isEmpty() || set.getValue().isEmpty()) {
            throw notAllowed(statement, "SET without a value", "write SET 'key' = 'value'");
        }
        String key = set.getKey().get().trim();
        var owned = OwnedFlinkKeys.inProgram(key);
        if (owned.isPresent()) {
            throw PreparationException.at(
                    Kind.PROGRAM_REFUSED,
                    "The script sets '" + key + "', which Weir owns",
                    statement,
                    owned.get().remedy());
        }
        tables.getConfig().set(key, set.getValue().get());
    }

    private void define(SqlStatement statement, Operation operation) throws PreparationException {
        if (operation instanceof CreateTableOperation table) {
            created.created(table.getTableIdentifier(), statement);
        }
        try {
            tables.executeInternal(operation);
        } catch (RuntimeException e) {
            throw Diagnosis.of(e, statement, created);
        }
    }

    private StreamGraph plan(String jobName) throws PreparationException {
        if (inserts.isEmpty()) {
            throw PreparationException.of(
                    Kind.PROGRAM_INVALID,
                    "The script has no INSERT statement, so there is nothing to run",
                    "add an INSERT INTO … SELECT … to the script");
        }
        for (Insert insert : inserts) {
            UnsoundSinks.check(insert, created);
            kafka.addAll(KafkaTables.of(insert, created));
        }
        for (KafkaTable table : kafka) {
            KafkaSinks.check(table, interval);
        }
        tables.getConfig().set("pipeline.name", jobName);
        try {
            tables.executeInternal(inserts.stream().map(Insert::operation).toList());
        } catch (RuntimeException e) {
            throw Diagnosis.ofPlan(e, tables, inserts, created);
        }
        if (capture.startedTwice()) {
            throw PreparationException.of(
                    Kind.PROGRAM_REFUSED,
                    "The script starts more than one job",
                    "split it into two StreamJobs");
        }
        return capture.graph()
                .orElseThrow(
                        () ->
                                PreparationException.of(
                                        Kind.PROGRAM_INVALID,
                                        "Flink accepted the script but started no job",
                                        "check that every INSERT reads from an unbounded source"));
    }

    private static PreparationException notAllowed(
            SqlStatement statement, String what, String remedy) {
        return PreparationException.at(
                Kind.PROGRAM_REFUSED,
                what + " is not a statement that a job's script may hold",
                statement,
                remedy);
    }
}
