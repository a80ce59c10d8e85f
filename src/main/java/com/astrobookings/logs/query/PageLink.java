package com.astrobookings.logs.query;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriUtils;

/** Builds links (RFC 8288) to other pages, as values of the {@code Link} header. */
final class PageLink {

  private PageLink() {}

  /**
   * Returns a link relative to the URL of the page, so that it is valid behind any proxy. It begins
   * with the last segment of the path, because {@link java.net.URI#resolve} drops that segment when
   * a reference consists of a query only.
   *
   * @param relation what the page is to this one, such as {@code next}
   * @param resource the path of the list relative to the URL of this page
   * @param parameters those of the page; all but the cursor are repeated
   */
  static String to(
      String relation, String resource, MultiValueMap<String, String> parameters, String cursor) {
    Stream<String> repeated =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(PageParameters.CURSOR))
            .flatMap(parameter ->
                parameter.getValue().stream().map(value -> pair(parameter.getKey(), value)));
    return Stream.concat(repeated, Stream.of(pair(PageParameters.CURSOR, cursor)))
        .collect(Collectors.joining("&", "<" + resource + "?", ">; rel=\"" + relation + "\""));
  }

  private static String pair(String name, @Nullable String value) {
    return encode(name) + "=" + encode(value == null ? "" : value);
  }

  private static String encode(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }
}
