package dev.weir.runtime.program;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/**
 * Finds the tables in Kafka that an {@code INSERT} reads or writes, each once: views are looked
 * through, tables that are created and not used are left out, and hints are heeded.
 */
final class KafkaTables {

    private final SqlStatement statement;
    private final CreatedTables created;
    private final Set<KafkaTable> found = new LinkedHashSet<>();

    private KafkaTables(SqlStatement statement, CreatedTables created) {
        this.statement = statement;
        this.created = created;
    }

    static List<KafkaTable> of(SqlProgram.Insert insert, CreatedTables created) {
        var tables = new KafkaTables(insert.statement(), created);
        if (insert.operation() instanceof SinkModifyOperation sink) {
            if (sink.getChild() instanceof PlannerQueryOperation query) {
                query.getCalciteTree().accept(tables.new Scans());
            }
            Map<String, String> options =
                    new HashMap<>(sink.getContextResolvedTable().getResolvedTable().getOptions());
            options.putAll(sink.getDynamicOptions());
            tables.add(sink.getContextResolvedTable(), options, true);
        }
        return List.copyOf(tables.found);
    }

    private void add(ContextResolvedTable table, Map<String, String> options, boolean written) {
        KafkaTable.of(table, options, written, created.place(table, statement))
                .ifPresent(found::add);
    }

    /** Every scan of the query, those of subqueries in its expressions included. */
    private final class Scans extends RelShuttleImpl {

        @Override
        public RelNode visit(TableScan scan) {
            TableSourceTable source = scan.getTable().unwrap(TableSourceTable.class);
            if (source != null) {
                ContextResolvedTable table = source.contextResolvedTable();
                add(table, table.getResolvedTable().getOptions(), false);
            }
            return scan;
        }

        @Override
        protected RelNode visitChildren(RelNode node) {
            node.accept(
                    new RexShuttle() {
                        @Override
                        public RexNode visitSubQuery(RexSubQuery subQuery) {
                            subQuery.rel.accept(Scans.this);
                            return subQuery;
                        }
                    });
            return super.visitChildren(node);
        }
    }
}
