package com.astrobookings.logs.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs Elasticsearch in a process of its own: starts it from the module path, and exits when the
 * standard input ends, because the service that held the other end has ended.
 *
 * <p>It uses reflection only, so that the server is not on the class path of the service, and is
 * one class file only, because it is copied into a jar of its own.
 */
final class NodeMain {
  /** The start of the line that reports the HTTP address; host and port follow. */
  static final String READY = "node ready at ";

  // The node's logging takes both over in System.
  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private static final String SERVER = "org.elasticsearch.";
  private static final int CLOSE_SECONDS = 20;
  private static final AtomicReference<Closeable> NODE = new AtomicReference<>();

  private NodeMain() {}

  /** Arguments: the home folder, the folder of the modules and the HTTP port (0: a free one). */
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(NodeMain::uncaught);
    // A terminal or a service manager signals the whole process group. The node must run until the
    // service has shut down gracefully, which the end of the standard input tells.
    List.of("INT", "TERM", "HUP").forEach(NodeMain::ignoreSignal);
    Runtime.getRuntime().addShutdownHook(new Thread(NodeMain::close, "node-close"));
    Thread.ofPlatform().name("service-watch").start(NodeMain::endWithService);
    Path home = Path.of(args[0]);
    Path ports = home.resolve("logs", "http.ports");
    Files.deleteIfExists(ports);
    start(home, Path.of(args[1]), Map.of("http.port", args[2]));
    OUT.println(READY + Files.readAllLines(ports).getFirst());
  }

  private static void start(Path home, Path modules, Map<String, String> overrides)
      throws ReflectiveOperationException {
    Supplier<String> name = () -> "local";
    call("common.logging.LogConfigurator", "configureESLogging");
    Object none = type("common.settings.Settings").getField("EMPTY").get(null);
    Object environment =
        call(
            "node.InternalSettingsPreparer",
            "prepareEnvironment",
            none,
            overrides,
            home.resolve("config"),
            name);
    call("common.logging.LogConfigurator", "configure", environment, true);
    Object bundles = call("plugins.PluginsLoader", "loadModulesBundles", modules, false);
    Object plugins =
        call("plugins.PluginsLoader", "createPluginsLoader", bundles, Set.of(), Map.of());
    Class<?> type = type("node.Node");
    Object node =
        type.getConstructor(environment.getClass(), plugins.getClass())
            .newInstance(environment, plugins);
    NODE.set((Closeable) node);
    type.getMethod("start").invoke(node);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(SERVER + name);
  }

  private static Object call(String type, String name, Object... arguments)
      throws ReflectiveOperationException {
    for (Method method : type(type).getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        return method.invoke(null, arguments);
      }
    }
    throw new NoSuchMethodException(type + "." + name);
  }

  private static void ignoreSignal(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException unsupported) {
      ERR.println("Signal " + name + " is not ignored: " + unsupported);
    }
  }

  private static void endWithService() {
    try {
      System.in.transferTo(PrintStream.nullOutputStream());
    } catch (IOException broken) {
      ERR.println("The service has ended: " + broken);
    }
    System.exit(0);
  }

  private static void close() {
    CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS)
        .execute(() -> Runtime.getRuntime().halt(3));
    Closeable node = NODE.get();
    if (node == null) {
      return;
    }
    try {
      node.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Halts after an error, as the full distribution does: the state of the node is undefined. */
  private static void uncaught(Thread thread, Throwable thrown) {
    ERR.println("Uncaught in thread " + thread.getName());
    thrown.printStackTrace(ERR);
    if (thrown instanceof Error || thread.getName().equals("main")) {
      Runtime.getRuntime().halt(1);
    }
  }
}
