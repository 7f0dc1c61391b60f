package dev.weir.runtime.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/**
 * As much of a Kafka broker as a look at it needs: topics by name, and the broker's settings. A
 * real one can't stand on this class path beside the engine, which is made for another Scala.
 */
public final class FakeBroker implements AutoCloseable {

    private static final int NODE = 1;
    private static final byte BY_DEFAULT = ConfigSource.DEFAULT_CONFIG.id();
    private static final List<ApiKeys> SPOKEN =
            List.of(ApiKeys.API_VERSIONS, ApiKeys.METADATA, ApiKeys.DESCRIBE_CONFIGS);

    private final ServerSocket server;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final Map<String, String> settings =
            new ConcurrentHashMap<>(
                    Map.of(
                            "auto.create.topics.enable", "false",
                            "transaction.max.timeout.ms", "900000"));
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private FakeBroker(ServerSocket server) {
        this.server = server;
    }

    public static FakeBroker start(int port) throws IOException {
        var broker = new FakeBroker(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(broker::accept);
        return broker;
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    public void createTopic(String topic) {
        topics.add(topic);
    }

    public void set(String setting, String value) {
        settings.put(setting, value);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (SocketException e) {
                // Closed: the broker has gone down.
                return;
            } catch (IOException e) {
                throw new IllegalStateException("the broker's socket failed", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            var out = new DataOutputStream(client.getOutputStream());
            while (true) {
                ByteBuffer answer = answer(ByteBuffer.wrap(in.readNBytes(in.readInt())));
                out.writeInt(answer.remaining());
                out.write(answer.array(), answer.position(), answer.remaining());
                out.flush();
            }
        } catch (EOFException | SocketException e) {
            // The client, or the broker, has gone.
            clients.remove(client);
        } catch (IOException e) {
            throw new IllegalStateException("a client's connection failed", e);
        }
    }

    private ByteBuffer answer(ByteBuffer request) {
        RequestHeader header = RequestHeader.parse(request);
        short version = header.apiVersion();
        return RequestUtils.serialize(
                new ResponseHeaderData().setCorrelationId(header.correlationId()),
                header.apiKey().responseHeaderVersion(version),
                data(header.apiKey(), version, request),
                version);
    }

    private ApiMessage data(ApiKeys asked, short version, ByteBuffer request) {
        if (asked == ApiKeys.API_VERSIONS) {
            return versions();
        }
        if (asked == ApiKeys.METADATA) {
            return metadata(new MetadataRequestData(new ByteBufferAccessor(request), version));
        }
        if (asked == ApiKeys.DESCRIBE_CONFIGS) {
            return configs();
        }
        throw new IllegalStateException("no broker of this kind does " + asked);
    }

    private static ApiMessage versions() {
        var spoken = new ApiVersionsResponseData.ApiVersionCollection();
        for (ApiKeys key : SPOKEN) {
            spoken.add(
                    new ApiVersionsResponseData.ApiVersion()
                            .setApiKey(key.id)
                            .setMinVersion(key.oldestVersion())
                            .setMaxVersion(key.latestVersion()));
        }
        return new ApiVersionsResponseData().setApiKeys(spoken);
    }

    private ApiMessage metadata(MetadataRequestData asked) {
        var brokers = new MetadataResponseData.MetadataResponseBrokerCollection();
        brokers.add(
                new MetadataResponseData.MetadataResponseBroker()
                        .setNodeId(NODE)
                        .setHost("127.0.0.1")
                        .setPort(server.getLocalPort()));
        var found = new MetadataResponseData.MetadataResponseTopicCollection();
        if (asked.topics() != null) {
            asked.topics().forEach(topic -> found.add(topic(topic.name())));
        }
        return new MetadataResponseData()
                .setBrokers(brokers)
                .setClusterId("fake")
                .setControllerId(NODE)
                .setTopics(found);
    }

    private MetadataResponseData.MetadataResponseTopic topic(String name) {
        boolean there = topics.contains(name);
        var partition =
                new MetadataResponseData.MetadataResponsePartition()
                        .setPartitionIndex(0)
                        .setLeaderId(NODE)
                        .setReplicaNodes(List.of(NODE))
                        .setIsrNodes(List.of(NODE));
        return new MetadataResponseData.MetadataResponseTopic()
                .setName(name)
                .setTopicId(there ? Uuid.randomUuid() : Uuid.ZERO_UUID)
                .setErrorCode((there ? Errors.NONE : Errors.UNKNOWN_TOPIC_OR_PARTITION).code())
                .setPartitions(there ? List.of(partition) : List.of());
    }

    private ApiMessage configs() {
        var result =
                new DescribeConfigsResponseData.DescribeConfigsResult()
                        .setResourceType(ConfigResource.Type.BROKER.id())
                        .setResourceName(String.valueOf(NODE))
                        .setConfigs(
                                settings.entrySet().stream()
                                        .map(
                                                setting ->
                                                        new DescribeConfigsResponseData
                                                                        .DescribeConfigsResourceResult()
                                                                .setName(setting.getKey())
                                                                .setValue(setting.getValue())
                                                                .setConfigSource(BY_DEFAULT))
                                        .toList());
        return new DescribeConfigsResponseData().setResults(List.of(result));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
