package com.astrobookings.logs.local;

import java.net.URI;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.elasticsearch.ElasticsearchContainer;

/**
 * The one Elasticsearch that all tests of a run share. It starts empty when the first test asks for
 * it, and ends with the run. Tests must not stop it: {@link TestNode} is for that.
 *
 * <p>The system property {@code logs.test.elasticsearch} chooses: {@code local} (the default), the
 * node of the build; {@code container}, the vendor's image by Testcontainers.
 *
 * @see OnElasticsearch
 */
public final class TestElasticsearch {
  private static final String IMAGE = "docker.elastic.co/elasticsearch/elasticsearch:9.5.3";

  private TestElasticsearch() {}

  /** Where it answers. The first call starts it and blocks until it is ready. */
  public static URI uri() {
    return Shared.ADDRESS;
  }

  private static final class Shared {
    static final URI ADDRESS = start();

    private static URI start() {
      String choice = System.getProperty("logs.test.elasticsearch", "local");
      return switch (choice) {
        case "local" -> local();
        case "container" -> container();
        default -> throw new IllegalArgumentException("logs.test.elasticsearch=" + choice);
      };
    }

    private static URI local() {
      TestNode node = TestNode.start("shared");
      return announced("local node " + node.version(), node.uri());
    }

    // The container ends with this process; Testcontainers sees to it.
    @SuppressWarnings("resource")
    private static URI container() {
      ElasticsearchContainer container =
          new ElasticsearchContainer(IMAGE)
              .withEnv("xpack.security.enabled", "false")
              .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m");
      container.start();
      return announced(
          "container " + IMAGE, URI.create("http://" + container.getHttpHostAddress()));
    }

    private static URI announced(String what, URI address) {
      System.out.println("Tests run against: " + what + " at " + address);
      return address;
    }
  }

  /** Points the service under test at the shared Elasticsearch. */
  static final class Initializer
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of("spring.elasticsearch.uris=" + uri()).applyTo(context);
    }
  }
}
