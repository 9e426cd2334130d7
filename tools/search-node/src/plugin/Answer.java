package searchnode;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.BytesRef;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.support.PlainActionFuture;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.common.bytes.ReleasableBytesReference;
import org.elasticsearch.common.recycler.Recycler;
import org.elasticsearch.http.HttpChannel;
import org.elasticsearch.http.HttpResponse;
import org.elasticsearch.rest.ChunkedRestResponseBodyPart;
import org.elasticsearch.rest.RestStatus;

/** The way back of one exchange: the whole response at once, chunked ones too. */
final class Answer extends JdkHttp.Once implements HttpChannel {
    private static final int CHUNK = 1 << 16;
    private final HttpExchange exchange;
    private final Recycler<BytesRef> recycler;

    Answer(HttpExchange exchange, Recycler<BytesRef> recycler) {
        this.exchange = exchange;
        this.recycler = recycler;
    }

    @Override public InetSocketAddress getLocalAddress() { return exchange.getLocalAddress(); }
    @Override public InetSocketAddress getRemoteAddress() { return exchange.getRemoteAddress(); }
    @Override void end() { exchange.close(); }

    @Override public void sendResponse(HttpResponse response, ActionListener<Void> listener) {
        try {
            send((Content) response);
            close();
            listener.onResponse(null);
        } catch (Exception failed) {  // the other side hung up, or the response could not be written
            close();
            listener.onFailure(failed);
        }
    }

    private void send(Content response) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        BytesReference content = response.parts == null ? response.content : whole(response.parts);
        for (var header : response.headers.entrySet()) {
            boolean ours = header.getKey().equalsIgnoreCase("Content-Length") && head == false;
            if (ours == false && header.getKey().equalsIgnoreCase("Transfer-Encoding") == false) {
                exchange.getResponseHeaders().set(header.getKey(), header.getValue());
            }
        }
        int length = head ? 0 : content.length();
        exchange.sendResponseHeaders(response.status.getStatus(), length == 0 ? -1 : length);
        if (length > 0) content.writeTo(exchange.getResponseBody());
    }

    private BytesReference whole(ChunkedRestResponseBodyPart part) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            while (part.isPartComplete() == false) {
                try (ReleasableBytesReference chunk = part.encodeChunk(CHUNK, recycler)) { chunk.writeTo(all); }
            }
            if (part.isLastPart()) return new BytesArray(all.toByteArray());
            PlainActionFuture<ChunkedRestResponseBodyPart> next = new PlainActionFuture<>();
            part.getNextPart(next);
            part = next.actionGet();
        }
    }

    /** What the node wants to send: a whole body or parts. */
    static final class Content implements HttpResponse {
        private final RestStatus status;
        private final BytesReference content;
        private final ChunkedRestResponseBodyPart parts;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        Content(RestStatus status, BytesReference content, ChunkedRestResponseBodyPart parts) {
            this.status = status;
            this.content = content;
            this.parts = parts;
        }
        @Override public void addHeader(String name, String value) { headers.put(name, value); }
        @Override public boolean containsHeader(String name) { return headers.containsKey(name); }
    }
}
