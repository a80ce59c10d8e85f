package com.astrobookings.logs.web.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A page to browse the description with: Swagger UI, pointed at the document. */
@Configuration(proxyBeanMethods = false)
class ApiPage implements WebFluxConfigurer {

  private static final String PAGE = "/swagger-ui.html";
  private static final String INITIALIZER = "/swagger-ui/swagger-initializer.js";
  private static final String FILES = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";

  private static final String SCRIPT =
      """
      window.onload = () => {
        document.title = 'AstroBookings Logs';
        window.ui = SwaggerUIBundle({
          url: '../v3/api-docs',
          dom_id: '#swagger-ui',
          deepLinking: true,
          defaultModelsExpandDepth: 0,
          displayRequestDuration: true,
          tryItOutEnabled: true,
          validatorUrl: null,
          presets: [SwaggerUIBundle.presets.apis],
        });
      };
      """;

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.addResourceHandler("/swagger-ui/**").addResourceLocations(folder());
  }

  @Bean
  RouterFunction<ServerResponse> apiPageRoutes() {
    return RouterFunctions.route()
        .GET(PAGE, request -> page())
        .HEAD(PAGE, request -> page())
        .GET(INITIALIZER, request -> initializer())
        .HEAD(INITIALIZER, request -> initializer())
        .build();
  }

  private static Mono<ServerResponse> page() {
    return ServerResponse.temporaryRedirect(URI.create("swagger-ui/index.html")).build();
  }

  private static Mono<ServerResponse> initializer() {
    return ServerResponse.ok().contentType(MediaType.valueOf("text/javascript")).bodyValue(SCRIPT);
  }

  /** The folder has the version in its name, which only the build should know. */
  private static String folder() {
    try {
      Resource[] found =
          new PathMatchingResourcePatternResolver().getResources(FILES + "index.html");
      String page = found[0].getURL().toString();
      return page.substring(0, page.lastIndexOf('/') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
