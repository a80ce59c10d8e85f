package com.astrobookings.logs.console;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the console: its page at {@code /}, which browsers revalidate, and its files below {@code
 * /console/}, which they keep. The files are read and compressed at the first request.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleProperties.class)
@ConditionalOnBooleanProperty(name = "logs.console.enabled", matchIfMissing = true)
class ConsoleConfiguration {

  private static final String PAGE = "/";
  private static final String FOLDER = "/console/";

  /**
   * Scripts, styles and data come from the service alone, and no text becomes markup or code: of
   * Trusted Types there is only the policy of lit-html, for the templates in its modules.
   */
  private static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types lit-html";

  private static final String ANOTHER_VERSION =
      "There is no such file of the console in this version of the service. Load / again.";

  private final Mono<ConsoleFiles> files =
      Mono.fromSupplier(ConsoleFiles::load).subscribeOn(Schedulers.boundedElastic()).cache();

  @Bean
  RouterFunction<ServerResponse> consoleRoutes() {
    return RouterFunctions.route()
        .GET(PAGE, this::page)
        .HEAD(PAGE, this::page)
        .GET("/console/**", this::file)
        .HEAD("/console/**", this::file)
        .build();
  }

  private Mono<ServerResponse> page(ServerRequest request) {
    return files.flatMap(loaded -> {
      String tag = "W/\"" + loaded.version() + '"';
      return request
          .checkNotModified(tag)
          .switchIfEmpty(
              Mono.defer(() -> respond(request, loaded.page(), CacheControl.noCache(), tag)));
    });
  }

  private Mono<ServerResponse> file(ServerRequest request) {
    String path = request.path();
    if (path.length() <= FOLDER.length()) {
      URI page = URI.create(path.endsWith("/") ? "../" : "./");
      return ServerResponse.temporaryRedirect(page).build();
    }
    CacheControl forever = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    return files.flatMap(loaded -> {
      ConsoleFile found = loaded.find(path.substring(FOLDER.length()));
      return found == null
          ? Mono.error(new ProblemException(ProblemType.NOT_FOUND, ANOTHER_VERSION))
          : respond(request, found, forever, null);
    });
  }

  private static Mono<ServerResponse> respond(
      ServerRequest request, ConsoleFile file, CacheControl caching, @Nullable String tag) {
    boolean compressed = acceptsGzip(request.headers().header(HttpHeaders.ACCEPT_ENCODING));
    ServerResponse.BodyBuilder response =
        ServerResponse.ok()
            .contentType(file.type())
            .cacheControl(caching)
            .header("Content-Security-Policy", CONTENT_POLICY)
            .varyBy(HttpHeaders.ACCEPT_ENCODING);
    if (tag != null) {
      response.eTag(tag);
    }
    if (compressed) {
      response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return response.bodyValue(compressed ? file.compressed() : file.content());
  }

  /** Whether the header names gzip without a weight of zero (RFC 9110, section 12.5.3). */
  static boolean acceptsGzip(List<String> headers) {
    return headers.stream()
        .flatMap(header -> List.of(header.split(",", -1)).stream())
        .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
        .anyMatch(coding -> coding.matches("(x-)?gzip(;q=(1.*|0\\.0*[1-9].*))?"));
  }
}
