package com.astrobookings.logs.paging;

import com.astrobookings.logs.store.EventStore;
import java.net.URI;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.ClassUtils;

/** An instance of the service that can be started again. */
public final class Service implements AutoCloseable {

  /** Its name, because nothing outside its package may use it but to start it. */
  private static final String APPLICATION = "com.astrobookings.logs.LogsApplication";

  private final String elasticsearch;
  private ConfigurableApplicationContext context;

  /** Starts it. */
  public Service(String elasticsearch) {
    this.elasticsearch = elasticsearch;
    context = start();
  }

  /** Ends it in good order and starts it again, on another port. */
  public void restart() {
    context.close();
    context = start();
  }

  /** Its store. */
  public EventStore store() {
    return context.getBean(EventStore.class);
  }

  /** The address of a list. */
  public URI logs(String parameters) {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + "/api/v1/logs?" + parameters);
  }

  /** The address of a path that follows {@code /api/v1/logs}. */
  public URI at(String rest) {
    return URI.create(logs("").toString().replace("?", rest));
  }

  private ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(ClassUtils.resolveClassName(APPLICATION, null))
        .initializers(Service::keepThreadsApart)
        .run("--server.port=0", "--spring.elasticsearch.uris=" + elasticsearch);
  }

  /** Instances in one process would share their event loops, and the first to end would end all. */
  public static void keepThreadsApart(ConfigurableApplicationContext context) {
    ReactorResourceFactory own = new ReactorResourceFactory();
    own.setUseGlobalResources(false);
    ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> own);
  }

  @Override
  public void close() {
    context.close();
  }
}
