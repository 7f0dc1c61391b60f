package dev.weir.runtime.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.util.InstantiationUtil;

/**
 * The column types of a serialiser. A graph keeps serialisers only, so the types are taken from
 * what a savepoint would hold of them: the serialiser's snapshot.
 */
final class RowTypes {

    private RowTypes() {}

    /** A serialiser of something other than rows stands for one column, named by its class. */
    static List<String> of(TypeSerializer<?> serializer) {
        if (!(serializer instanceof RowDataSerializer rows)) {
            return List.of(serializer.getClass().getSimpleName());
        }
        try {
            var snapshot = new DataOutputSerializer(512);
            rows.snapshotConfiguration().writeSnapshot(snapshot);
            return read(new DataInputDeserializer(snapshot.getCopyOfBuffer()));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(
                    "A serialiser's snapshot that this process wrote cannot be read back.", e);
        }
    }

    private static List<String> read(DataInputDeserializer in)
            throws IOException, ClassNotFoundException {
        var types = new ArrayList<String>();
        int columns = in.readInt();
        var stream = new DataInputViewStream(in);
        for (int column = 0; column < columns; column++) {
            LogicalType type =
                    InstantiationUtil.deserializeObject(stream, RowTypes.class.getClassLoader());
            types.add(type.asSummaryString());
        }
        return types;
    }
}
