package dev.weir.runtime.flink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.dispatcher.Dispatcher;
import org.apache.flink.runtime.dispatcher.DispatcherFactory;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.entrypoint.SessionClusterEntrypoint;
import org.apache.flink.runtime.entrypoint.component.DefaultDispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.entrypoint.component.DispatcherResourceManagerComponentFactory;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.resourcemanager.ResourceManager;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rpc.AddressResolution;
import org.apache.flink.runtime.rpc.RpcServiceUtils;
import org.apache.flink.runtime.rpc.RpcSystemUtils;

/**
 * Flink's coordinator, up and without a job. It speaks real RPC, so that workers in other JVMs can
 * join the one in this JVM.
 */
final class HeldEntrypoint extends SessionClusterEntrypoint {

    private final CompletableFuture<DispatcherGateway> gateway = new CompletableFuture<>();
    private final Consumer<Throwable> fatal;

    HeldEntrypoint(Configuration configuration, Consumer<Throwable> fatal) {
        super(configuration);
        this.fatal = fatal;
    }

    CompletableFuture<DispatcherGateway> gateway() {
        return gateway;
    }

    @Override
    protected DispatcherResourceManagerComponentFactory
            createDispatcherResourceManagerComponentFactory(Configuration configuration) {
        DispatcherFactory dispatchers =
                (rpc,
                        token,
                        jobs,
                        dirtyJobs,
                        applications,
                        dirtyApplications,
                        bootstrap,
                        services) -> {
                    Dispatcher dispatcher =
                            SessionDispatcherFactory.INSTANCE.createDispatcher(
                                    rpc,
                                    token,
                                    jobs,
                                    dirtyJobs,
                                    applications,
                                    dirtyApplications,
                                    bootstrap,
                                    services);
                    gateway.complete(dispatcher.getSelfGateway(DispatcherGateway.class));
                    return dispatcher;
                };
        return new DefaultDispatcherResourceManagerComponentFactory(
                DefaultDispatcherRunnerFactory.createSessionRunner(dispatchers),
                StandaloneResourceManagerFactory.getInstance(),
                new ReadOnlyRest());
    }

    @Override
    protected HighAvailabilityServices createHaServices(
            Configuration configuration, Executor executor, RpcSystemUtils rpc) throws Exception {
        Tuple2<String, Integer> address =
                HighAvailabilityServicesUtils.getJobManagerAddress(configuration);
        String web =
                HighAvailabilityServicesUtils.getWebMonitorAddress(
                        configuration, AddressResolution.NO_ADDRESS_RESOLUTION);
        return new LedgerHighAvailability(
                url(rpc, address, ResourceManager.RESOURCE_MANAGER_NAME, configuration),
                url(rpc, address, Dispatcher.DISPATCHER_NAME, configuration),
                web);
    }

    private static String url(
            RpcSystemUtils rpc,
            Tuple2<String, Integer> address,
            String endpoint,
            Configuration configuration)
            throws Exception {
        return rpc.getRpcUrl(
                address.f0,
                address.f1,
                RpcServiceUtils.createWildcardName(endpoint),
                AddressResolution.NO_ADDRESS_RESOLUTION,
                configuration);
    }

    @Override
    public void onFatalError(Throwable cause) {
        fatal.accept(cause);
    }
}
