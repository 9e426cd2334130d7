package searchnode;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.cluster.node.DiscoveryNode;
import org.elasticsearch.common.component.AbstractLifecycleComponent;
import org.elasticsearch.common.network.HandlingTimeTracker;
import org.elasticsearch.common.transport.BoundTransportAddress;
import org.elasticsearch.common.transport.TransportAddress;
import org.elasticsearch.transport.ConnectTransportException;
import org.elasticsearch.transport.ConnectionProfile;
import org.elasticsearch.transport.Transport;
import org.elasticsearch.transport.TransportMessageListener;
import org.elasticsearch.transport.TransportStats;

/** A transport without a wire: a node alone hands every request to itself before it gets here. */
final class NoWire extends AbstractLifecycleComponent implements Transport {
    private final TransportAddress address = new TransportAddress(InetAddress.getLoopbackAddress(), 9300);
    private final ResponseHandlers responses = new ResponseHandlers();
    private final RequestHandlers requests = new RequestHandlers();

    @Override public void setMessageListener(TransportMessageListener listener) {}
    @Override public BoundTransportAddress boundAddress() {
        return new BoundTransportAddress(new TransportAddress[] { address }, address);
    }
    @Override public BoundTransportAddress boundRemoteIngressAddress() { return null; }
    @Override public Map<String, BoundTransportAddress> profileBoundAddresses() { return Map.of(); }
    @Override public TransportAddress[] addressesFromString(String text) { return new TransportAddress[0]; }
    @Override public List<String> getDefaultSeedAddresses() { return List.of(); }
    @Override public void openConnection(DiscoveryNode to, ConnectionProfile how, ActionListener<Connection> then) {
        then.onFailure(new ConnectTransportException(to, "a node alone"));
    }
    @Override public TransportStats getStats() {
        long[] none = new long[HandlingTimeTracker.BUCKET_COUNT];
        return new TransportStats(0, 0, 0, 0, 0, 0, none, none, Map.of());
    }
    @Override public ResponseHandlers getResponseHandlers() { return responses; }
    @Override public RequestHandlers getRequestHandlers() { return requests; }
    @Override protected void doStart() {}
    @Override protected void doStop() {}
    @Override protected void doClose() {}
}
