package searchnode;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.SubscribableListener;
import org.elasticsearch.common.network.NetworkService;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.PageCacheRecycler;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.http.AbstractHttpServerTransport;
import org.elasticsearch.http.HttpPreRequest;
import org.elasticsearch.http.HttpServerChannel;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.telemetry.tracing.Tracer;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.BytesRefRecycler;
import org.elasticsearch.xcontent.NamedXContentRegistry;

/** HTTP through the JDK's own server, on loopback only; each exchange is one channel. */
final class JdkHttp extends AbstractHttpServerTransport {
    private static final int BACKLOG = 128;
    private final BiConsumer<HttpPreRequest, ThreadContext> perRequest;
    private ExecutorService workers;

    JdkHttp(Settings settings, NetworkService network, PageCacheRecycler recycler, ThreadPool pool,
            NamedXContentRegistry content, Dispatcher dispatcher, BiConsumer<HttpPreRequest, ThreadContext> perRequest,
            ClusterSettings cluster, Tracer tracer) {
        super(settings, network, new BytesRefRecycler(recycler), pool, content, dispatcher, cluster, tracer);
        this.perRequest = perRequest;
    }

    @Override protected void doStart() { bindServer(); }
    @Override protected void stopInternal() { if (workers != null) workers.shutdownNow(); }

    @Override protected HttpServerChannel bind(InetSocketAddress address) throws IOException {
        if (address.getAddress().isLoopbackAddress() == false) throw new IOException("loopback only: " + address);
        workers = Executors.newCachedThreadPool(work -> {
            Thread worker = new Thread(work, HTTP_SERVER_WORKER_THREAD_NAME_PREFIX);
            worker.setDaemon(true);
            return worker;
        });
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.setExecutor(workers);
        server.createContext("/", this::receive);
        server.start();
        return new Listening(server);
    }

    private void receive(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        Answer channel = new Answer(exchange, recycler());
        Question question = new Question(exchange, body.readAllBytes());
        serverAcceptedChannel(channel);
        incomingRequest(question, channel);
    }

    @Override protected void populatePerRequestThreadContext(RestRequest request, ThreadContext context) {
        perRequest.accept(request.getHttpRequest(), context);
    }

    /** Closes once and tells who waits for it. */
    abstract static class Once {
        private final SubscribableListener<Void> closed = new SubscribableListener<>();
        private final AtomicBoolean open = new AtomicBoolean(true);

        public boolean isOpen() { return open.get(); }
        public void addCloseListener(ActionListener<Void> listener) { closed.addListener(listener); }
        public void close() {
            if (open.compareAndSet(true, false)) {
                end();
                closed.onResponse(null);
            }
        }
        abstract void end();
    }

    private static final class Listening extends Once implements HttpServerChannel {
        private final HttpServer server;

        Listening(HttpServer server) { this.server = server; }
        @Override public InetSocketAddress getLocalAddress() { return server.getAddress(); }
        @Override void end() { server.stop(0); }
    }
}
