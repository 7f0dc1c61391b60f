package dev.weir.runtime.flink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.blob.TransientBlobService;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherRestEndpoint;
import org.apache.flink.runtime.leaderelection.LeaderElection;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.rest.HttpMethodWrapper;
import org.apache.flink.runtime.rest.RestEndpointFactory;
import org.apache.flink.runtime.rest.handler.RestHandlerConfiguration;
import org.apache.flink.runtime.rest.handler.RestHandlerSpecification;
import org.apache.flink.runtime.rest.handler.legacy.metrics.MetricFetcher;
import org.apache.flink.runtime.rpc.FatalErrorHandler;
import org.apache.flink.runtime.webmonitor.WebMonitorEndpoint;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandler;
import org.apache.flink.util.ConfigurationException;

/**
 * Flink's REST interface and UI without what changes a job. {@code web.cancel.enable} only takes a
 * button away: the request behind it would still cancel the job, behind the back of its ledger.
 */
final class ReadOnlyRest implements RestEndpointFactory<DispatcherGateway> {

    @Override
    public WebMonitorEndpoint<DispatcherGateway> createRestEndpoint(
            Configuration configuration,
            LeaderGatewayRetriever<DispatcherGateway> dispatchers,
            LeaderGatewayRetriever<ResourceManagerGateway> resources,
            TransientBlobService blobs,
            ScheduledExecutorService executor,
            MetricFetcher metrics,
            LeaderElection election,
            FatalErrorHandler fatal)
            throws IOException, ConfigurationException {
        var handlers = RestHandlerConfiguration.fromConfiguration(configuration);
        return new DispatcherRestEndpoint(
                dispatchers,
                configuration,
                handlers,
                resources,
                blobs,
                executor,
                metrics,
                election,
                RestEndpointFactory.createExecutionGraphCache(handlers),
                fatal) {
            @Override
            protected List<Tuple2<RestHandlerSpecification, ChannelInboundHandler>>
                    initializeHandlers(CompletableFuture<String> address) {
                // Flink sorts the list in place.
                return super.initializeHandlers(address).stream()
                        .filter(handler -> reads(handler.f0))
                        .collect(Collectors.toCollection(ArrayList::new));
            }
        };
    }

    static boolean reads(RestHandlerSpecification handler) {
        return handler.getHttpMethod() == HttpMethodWrapper.GET;
    }
}
