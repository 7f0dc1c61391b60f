package dev.weir.runtime.flink;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcSystemLoader;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystem;

/**
 * Takes the RPC system from the class path, where Flink's own loader would unpack a nested jar:
 * starts faster, and its classes are in the class-data archive.
 */
public final class FlatRpcSystemLoader implements RpcSystemLoader {

    /** Lower wins; Flink's own loaders have 0 and more. */
    @Override
    public int getLoadPriority() {
        return -1;
    }

    @Override
    public RpcSystem loadRpcSystem(Configuration configuration) {
        return new PekkoRpcSystem();
    }
}
