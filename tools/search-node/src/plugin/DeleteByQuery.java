package searchnode;

import java.util.List;
import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.bulk.BulkRequest;
import org.elasticsearch.action.delete.DeleteRequest;
import org.elasticsearch.action.search.SearchRequest;
import org.elasticsearch.action.search.SearchResponse;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.HandledTransportAction;
import org.elasticsearch.action.support.WriteRequest;
import org.elasticsearch.client.internal.Client;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.index.reindex.BulkByScrollResponse;
import org.elasticsearch.index.reindex.BulkByScrollTask;
import org.elasticsearch.index.reindex.DeleteByQueryAction;
import org.elasticsearch.index.reindex.DeleteByQueryRequest;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.search.SearchHit;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/** Deletes what a query finds, as far as the synonyms API needs it: at most 10,000 documents, all at once. */
public final class DeleteByQuery extends HandledTransportAction<DeleteByQueryRequest, BulkByScrollResponse> {
    private static final int MOST = 10_000;
    private final Client client;

    @Inject public DeleteByQuery(TransportService transport, ActionFilters filters, Client client) {
        super(DeleteByQueryAction.NAME, transport, filters, DeleteByQueryRequest::new, client.threadPool().generic());
        this.client = client;
    }

    @Override
    protected void doExecute(Task task, DeleteByQueryRequest request, ActionListener<BulkByScrollResponse> listener) {
        ActionListener.completeWith(listener, () -> answer(delete(request.getSearchRequest())));
    }

    private int delete(SearchRequest search) {
        search.source().fetchSource(false).size(MOST);
        BulkRequest bulk = new BulkRequest().setRefreshPolicy(WriteRequest.RefreshPolicy.IMMEDIATE);
        SearchResponse found = client.search(search).actionGet();
        try {
            for (SearchHit hit : found.getHits()) bulk.add(new DeleteRequest(hit.getIndex(), hit.getId()));
        } finally {
            found.decRef();
        }
        if (bulk.numberOfActions() > 0) client.bulk(bulk).actionGet();
        return bulk.numberOfActions();
    }

    private static BulkByScrollResponse answer(int deleted) {
        var status = new BulkByScrollTask.Status(null, deleted, 0, 0, deleted, 1, 0, 0, 0, 0, TimeValue.ZERO,
            Float.POSITIVE_INFINITY, null, TimeValue.ZERO);
        return new BulkByScrollResponse(TimeValue.ZERO, status, List.of(), List.of(), false);
    }
}
