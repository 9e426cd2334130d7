package searchnode;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.elasticsearch.common.bytes.BytesArray;
import org.elasticsearch.common.bytes.BytesReference;
import org.elasticsearch.http.HttpBody;
import org.elasticsearch.http.HttpRequest;
import org.elasticsearch.http.HttpResponse;
import org.elasticsearch.rest.ChunkedRestResponseBodyPart;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestStatus;

/** One request of the JDK's server, as the node wants to read it. */
final class Question implements HttpRequest {
    private final RestRequest.Method method;
    private final String uri;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;

    Question(HttpExchange exchange, byte[] body) {
        this(RestRequest.Method.valueOf(exchange.getRequestMethod()), exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(), body);
    }

    private Question(RestRequest.Method method, String uri, Map<String, List<String>> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.headers.putAll(headers);
        this.body = body;
    }

    @Override public RestRequest.Method method() { return method; }
    @Override public String uri() { return uri; }
    @Override public Map<String, List<String>> getHeaders() { return headers; }
    @Override public HttpBody body() {
        return body.length == 0 ? HttpBody.empty() : HttpBody.fromBytesReference(new BytesArray(body));
    }
    @Override public List<String> strictCookies() { return List.of(); }
    @Override public HttpVersion protocolVersion() { return HttpVersion.HTTP_1_1; }
    @Override public HttpRequest removeHeader(String name) {
        Question without = new Question(method, uri, headers, body);
        without.headers.remove(name);
        return without;
    }
    @Override public HttpResponse createResponse(RestStatus status, BytesReference content) {
        return new Answer.Content(status, content, null);
    }
    @Override public HttpResponse createResponse(RestStatus status, ChunkedRestResponseBodyPart first) {
        return new Answer.Content(status, null, first);
    }
    @Override public Exception getInboundException() { return null; }
    @Override public void release() {}
}
