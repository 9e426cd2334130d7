package searchnode;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.common.io.stream.NamedWriteableRegistry;
import org.elasticsearch.common.network.NetworkService;
import org.elasticsearch.common.settings.ClusterSettings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.common.util.BigArrays;
import org.elasticsearch.common.util.PageCacheRecycler;
import org.elasticsearch.common.util.concurrent.ThreadContext;
import org.elasticsearch.http.HttpPreRequest;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.TextFieldMapper;
import org.elasticsearch.index.reindex.DeleteByQueryAction;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.indices.breaker.CircuitBreakerService;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.NetworkPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.telemetry.tracing.Tracer;
import org.elasticsearch.threadpool.ThreadPool;
import org.elasticsearch.transport.Transport;
import org.elasticsearch.xcontent.NamedXContentRegistry;

/** What the server jar leaves to modules and this project needs: a transport, HTTP, the whitespace tokenizer, synonyms. */
public final class NodePlugin extends Plugin implements NetworkPlugin, AnalysisPlugin, MapperPlugin, ActionPlugin {

    @Override
    public Map<String, Supplier<Transport>> getTransports(Settings settings, ThreadPool pool, PageCacheRecycler recycler,
            CircuitBreakerService breakers, NamedWriteableRegistry writeables, NetworkService network) {
        return Map.of("local", NoWire::new);
    }

    @Override
    public Map<String, Supplier<HttpServerTransport>> getHttpTransports(Settings settings, ThreadPool pool,
            BigArrays arrays, PageCacheRecycler recycler, CircuitBreakerService breakers, NamedXContentRegistry content,
            NetworkService network, HttpServerTransport.Dispatcher dispatcher,
            BiConsumer<HttpPreRequest, ThreadContext> perRequest, ClusterSettings cluster, Tracer tracer) {
        return Map.of("jdk",
            () -> new JdkHttp(settings, network, recycler, pool, content, dispatcher, perRequest, cluster, tracer));
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("whitespace",
            (index, environment, name, settings) -> TokenizerFactory.newFactory(name, WhitespaceTokenizer::new));
    }

    /** The system index of the synonyms API is mapped with this type of another module; plain text does the same. */
    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of("match_only_text", TextFieldMapper.PARSER);
    }

    /** The synonyms API empties a set through this action of another module. */
    @Override
    public Collection<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return List.of(new ActionHandler<>(DeleteByQueryAction.INSTANCE, DeleteByQuery.class));
    }
}
