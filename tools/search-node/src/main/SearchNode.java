import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.http.HttpInfo;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Starts one Elasticsearch node on loopback: SearchNode HOME PORT DATADIR [tied]. Prints "READY port" when it serves.
 * A tied node ends when its standard input does, so that it never outlives the test run that started it.
 */
public final class SearchNode {
    private static final String NAME = "search-node";

    public static void main(String[] args) {
        try {
            serve(Path.of(args[0]).toAbsolutePath(), args[1], Path.of(args[2]).toAbsolutePath(), args.length > 3);
        } catch (Throwable failed) {  // a port in use, a locked folder: threads of the node would keep us alive
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Path home, String port, Path data, boolean tied) throws Exception {
        PrintStream out = System.out;  // the logging below takes System.out over
        Files.createDirectories(data);
        Environment environment = new Environment(settings(home, port, data), home.resolve("config"));
        LogConfigurator.registerErrorListener();
        LogConfigurator.setNodeName(NAME);
        LogConfigurator.configure(environment, true);
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir());
        Node node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false));
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node, closed)));
        if (tied) endWithInput();
        node.start();
        var info = node.client().admin().cluster().prepareNodesInfo().get().getNodes().get(0).getInfo(HttpInfo.class);
        out.println("READY " + info.address().publishAddress().getPort());
        out.flush();
        closed.await();
    }

    private static void endWithInput() {
        Thread waiting = new Thread(() -> {
            try {
                while (System.in.read() >= 0) { }
            } catch (java.io.IOException gone) {
                // Nobody is left to tell.
            }
            System.exit(0);
        });
        waiting.setDaemon(true);
        waiting.start();
    }

    private static Settings settings(Path home, String port, Path data) {
        return Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", data.toString())
            .put("path.logs", data.resolve("logs").toString())
            .put("cluster.name", NAME)
            .put("node.name", NAME)
            .put("network.host", "127.0.0.1")
            .put("http.port", port)
            .put("http.type", "jdk")
            .put("transport.type", "local")
            .put("discovery.type", "single-node")
            .put("node.processors", 2)
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("health.periodic_logger.enabled", false)
            .build();
    }

    private static void close(Node node, CountDownLatch closed) {
        try {
            node.prepareForClose();
            node.close();
            node.awaitClose(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            failed.printStackTrace();
        } finally {
            closed.countDown();
        }
    }
}
